import Foundation
import GRDB
import TestSupport

/// A suite of seconds whose databases are compared, and a policy that asks nothing of the machine's quiet.
enum TinySuite {
    private static let text = """
        suite: tiny
        title: A test of two databases
        claims: []
        models:
          - {name: sandbox-opt}
        tasks:
          - {name: sst2, archives: [SST-2.zip], train_examples: 64, dev_examples: 16, test_examples: 40}
        methods:
          - {mezo: {learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
          - {lezo: {sparsity: [0.5], learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}
        plans: [reference]
        schedule: {steps: 6, batch_size: 4, eval_every: 3}
        seeds: {data: [0], noise: [0]}
        timing: {rounds: 6, warmup_steps: 1, steps: 3}
        sandbox: true
        """

    /// Six rounds can flag one of two cells, since 2^-6 is below 5 % / 2; what they can see is left open, as this is no
    /// test of the machine.
    private static let policyText = "timing: {rounds: 6, detectable: 10, margin: 1.0}\n"

    /// A folder to run the program in, with the suite as `tiny.yaml`, `old` replaced by `new` in it, and the policy as
    /// `gate.yaml`.
    static func with<Result>(
        replacing old: String = "", by new: String = "", _ body: (Program, _ suite: String) throws -> Result
    ) throws -> Result {
        try TemporaryFolder.with { folder in
            let suite = folder.path("tiny.yaml")
            let changed = old.isEmpty ? text : text.replacingOccurrences(of: old, with: new)
            try Data(changed.utf8).write(to: URL(fileURLWithPath: suite))
            try Data(policyText.utf8).write(to: URL(fileURLWithPath: folder.path("gate.yaml")))
            return try body(Program(folder: URL(fileURLWithPath: folder.path)), suite)
        }
    }
}

extension Program {
    /// The content of a file in the folder.
    func bytes(of name: String) throws -> Data { try Data(contentsOf: URL(fileURLWithPath: path(name))) }

    /// Writes a file in the folder.
    func write(_ bytes: Data, to name: String) throws {
        try bytes.write(to: URL(fileURLWithPath: path(name)))
    }

    /// Changes a database as another program would.
    func change(_ name: String, _ sql: String) throws {
        let queue = try DatabaseQueue(path: path(name))
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}
