import Foundation
import Kernels
import LanguageModels
import Optimizers
import ResultStore
import TestSupport
import Testing
import Training

/// The memory that trials count, against what the operating system does.
@Suite("Counted memory of trials")
struct CountedMemorySlowTests {
    private static let methods = [
        "linear-probing",
        "{mezo: {learning_rate: 1.0e-4, perturbation_scale: 1.0e-3}}",
        "{lezo: {sparsity: 0.75, learning_rate: 1.0e-4, perturbation_scale: 1.0e-3}}",
        "{mezo: {tuned: low-rank, learning_rate: 1.0e-3, perturbation_scale: 1.0e-2}}",
        "{mezo: {tuned: prefix, learning_rate: 1.0e-2, perturbation_scale: 1.0e-1}}",
        "{fine-tuning: {optimizer: adamw, learning_rate: 1.0e-3}}",
        "{fine-tuning: {optimizer: adamw, tuned: head, learning_rate: 1.0e-3}}",
        "{fine-tuning: {optimizer: adamw, tuned: low-rank, learning_rate: 1.0e-3, activations: recomputed}}",
    ]

    /// What the operating system counts and the buffers do not explain, in bytes, with what they do.
    private struct Rest {
        let bytes: Int64
        let use: MemoryUse

        init(_ cell: CellResult) throws {
            let summary = try #require(cell.trials.first?.summary)
            use = try #require(summary.memory)
            bytes = summary.peakResidentBytes - use.totalBytes
        }
    }

    @Test("what a method does not count is what zero-shot does not, up to 4 MiB", arguments: Self.methods)
    func rest(method: String) throws {
        let text = """
            suite: tiny
            title: A test of counted memory
            models: [{name: sandbox-opt}]
            tasks:
              - {name: sst2, archives: [SST-2.zip], train_examples: 128, dev_examples: 32, test_examples: 100}
            methods:
              - zero-shot
              - \(method)
            plans: [fused, reference]
            schedule: {steps: 12, batch_size: 8, eval_every: 4}
            sandbox: true
            """
        try TemporaryFolder.with { folder in
            let program = Program(folder: URL(fileURLWithPath: folder.path))
            try program.write(Data(text.utf8), to: "tiny.yaml")
            let answer = try program.run([
                "run", folder.path("tiny.yaml"), "--db", "m.sqlite", "--threads", "2",
            ])
            #expect(answer.exitCode == 0, "\(answer.errors)")
            let cells = try ResultStore(path: program.path("m.sqlite"), mode: .readOnly)
                .snapshot(suiteNamed: "tiny").cells
            let zeroShot = try Rest(#require(cells.first { $0.cell.method == .zeroShot }))
            #expect(zeroShot.bytes > 0)
            let others = cells.filter { $0.cell.method != .zeroShot }
            #expect(!others.isEmpty)
            for cell in others {
                let rest = try Rest(cell)
                let more = rest.bytes - zeroShot.bytes
                print("uncounted beyond zero-shot: \(more / 1024) KiB, \(cell.cell.method)")
                // At most 1,972 KiB were measured, twice that is allowed: temporaries, pages of libraries and stacks.
                #expect(abs(more) <= 4 << 20, "\(more) bytes, \(cell.cell.method), \(rest.use)")
                // Fine-tuning keeps what it tunes, as it was at the best evaluation; nothing else has a second copy.
                let tuned = cell.cell.method.firstOrderSettings?.tuned
                let copies: Int64 = tuned == .all ? 2 : 1
                let adapters = rest.use.weightBytes - copies * zeroShot.use.weightBytes
                if cell.cell.method.tunesHead {
                    // The copy, the gradient and the two moments are of the head alone.
                    let head = rest.use.gradientBytes
                    #expect(head > 4096 && head < zeroShot.use.weightBytes / 2)
                    #expect(abs(rest.use.optimizerStateBytes - 2 * head) <= 8192)
                    #expect(abs(adapters - head) <= 8192, "\(rest.use)")
                } else if cell.cell.method.adapterSettings == nil {
                    #expect(abs(adapters) <= 4096, "\(rest.use)")
                } else {
                    #expect((1...1 << 20).contains(adapters), "\(rest.use)")
                }
            }
        }
    }
}
