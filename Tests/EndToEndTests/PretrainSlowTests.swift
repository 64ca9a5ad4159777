import Digests
import Foundation
import TestSupport
import Testing

/// The sandbox's weights: made by a plan, and carried by the program.
@Suite("Pretraining through the program's door", .serialized)
struct PretrainSlowTests {
    private static let plan = """
        pretraining: short
        title: Two steps
        seed: 3
        texts: {review: 1, interview: 1}
        assent_percent: 50
        storage: bfloat16
        steps: 2
        texts_per_batch: 4
        optimizer: {optimizer: adamw, learning_rate: 1.0e-3}

        """

    private func pretrain(_ plan: String, threads: Int, _ folder: TemporaryFolder) throws -> Program.Answer {
        let program = Program(folder: URL(fileURLWithPath: folder.path))
        try Data(plan.utf8).write(to: URL(fileURLWithPath: folder.path("short.yaml")))
        return try program.run([
            "sandbox", "pretrain", "short.yaml", "-o", "new/weights.safetensors", "--threads", "\(threads)",
        ])
    }

    @Test(
        "a plan gives the file that it records again, with another number of threads, and says when it does not"
    )
    func again() throws {
        try TemporaryFolder.with { folder in
            let first = try pretrain(Self.plan, threads: 1, folder)
            #expect(first.exitCode == 0, "\(first.errors)")
            #expect(first.output.contains("step 2 of 2") && first.output.contains("held-out loss 6.2"))
            let digest = try SHA256Digest.hex(ofFile: folder.path("new/weights.safetensors"))
            #expect(first.output.contains(digest) && !first.output.contains("the plan records"))
            let second = try pretrain(Self.plan + "sha256: \(digest)\n", threads: 3, folder)
            #expect(second.output.contains("the same file, bit for bit"), "\(second.output)")
            let other = String(repeating: "0", count: 64)
            let third = try pretrain(Self.plan + "sha256: \(other)\n", threads: 2, folder)
            #expect(third.exitCode == 0 && third.output.contains("the plan records another file, \(other)"))
        }
    }

    @Test("a plan that is not as it must be ends with 2 and the place")
    func wrongPlan() throws {
        try TemporaryFolder.with { folder in
            let answer = try pretrain(
                Self.plan.replacingOccurrences(of: "steps: 2", with: "stepz: 2"), threads: 1, folder)
            #expect(answer.exitCode == 2)
            #expect(answer.errors.contains("short.yaml:7:1: unknown key 'stepz'"), "\(answer.errors)")
        }
    }

    @Test("a program that was copied elsewhere, alone, still has the pretrained weights")
    func copied() throws {
        try TemporaryFolder.with { folder in
            let own = try Program(folder: URL(fileURLWithPath: folder.path)).run(["sandbox", "make", "own"])
            #expect(own.exitCode == 0, "\(own.errors)")
            let copy = folder.path("copy")
            try FileManager.default.copyItem(atPath: Program.executable.path, toPath: copy)
            let process = Process()
            process.executableURL = URL(fileURLWithPath: copy)
            process.arguments = ["sandbox", "make", folder.path("copied")]
            process.standardOutput = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
            let name = "/models/sandbox-opt/model.safetensors"
            let weights = try folder.contents("copied" + name)
            #expect(try weights == folder.contents("own" + name) && weights.count > 1_000_000)
        }
    }
}
