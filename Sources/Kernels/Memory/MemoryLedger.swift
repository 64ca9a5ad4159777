import Synchronization

/// What the memory of a buffer is used for.
package enum MemoryPurpose: Int, Sendable, Hashable, CaseIterable {
    /// The parameters of a model, and what is kept of them to go back to.
    case weights
    /// What a pass computes for each token of a batch, and its gradients.
    case activations
    /// The gradient of a loss by the parameters.
    case gradients
    /// What an optimizer remembers from step to step.
    case optimizerState
    /// Scratch of loops and tables that depend on no batch.
    case workspace
}

/// Bytes by what they are used for.
package struct MemoryUse: Sendable, Hashable, Codable {
    /// The parameters.
    package var weightBytes: Int64
    /// Activations and their gradients.
    package var activationBytes: Int64
    /// Gradients of parameters.
    package var gradientBytes: Int64
    /// Moments or velocities.
    package var optimizerStateBytes: Int64
    /// Scratch and tables.
    package var workspaceBytes: Int64

    /// A use from its parts.
    package init(
        weightBytes: Int64 = 0, activationBytes: Int64 = 0, gradientBytes: Int64 = 0,
        optimizerStateBytes: Int64 = 0, workspaceBytes: Int64 = 0
    ) {
        self.weightBytes = weightBytes
        self.activationBytes = activationBytes
        self.gradientBytes = gradientBytes
        self.optimizerStateBytes = optimizerStateBytes
        self.workspaceBytes = workspaceBytes
    }

    /// The sum of the parts.
    package var totalBytes: Int64 {
        weightBytes + activationBytes + gradientBytes + optimizerStateBytes + workspaceBytes
    }

    fileprivate mutating func change(_ purpose: MemoryPurpose, by bytes: Int64) {
        switch purpose {
        case .weights: weightBytes += bytes
        case .activations: activationBytes += bytes
        case .gradients: gradientBytes += bytes
        case .optimizerState: optimizerStateBytes += bytes
        case .workspace: workspaceBytes += bytes
        }
    }
}

/// Counts what all buffers of this process hold.
///
/// Every ``AlignedBuffer`` is entered when it is made, with whole pages, and taken out when it is freed. Its pages are
/// written at once, so what is counted is resident. Not counted are the program, its libraries and small arrays.
package enum MemoryLedger {
    private struct Account: Sendable {
        var present = MemoryUse()
        var peak = MemoryUse()
        var enteredBytes: Int64 = 0
    }

    private static let account = Mutex(Account())

    /// What is held now.
    package static var present: MemoryUse { account.withLock(\.present) }

    /// What was held when the sum was largest.
    package static var peak: MemoryUse { account.withLock(\.peak) }

    /// The bytes of all buffers that were ever entered, freed ones too.
    static var enteredBytes: Int64 { account.withLock(\.enteredBytes) }

    static func enter(_ bytes: Int, _ purpose: MemoryPurpose) {
        account.withLock { account in
            account.enteredBytes += Int64(bytes)
            account.present.change(purpose, by: Int64(bytes))
            if account.present.totalBytes > account.peak.totalBytes { account.peak = account.present }
        }
    }

    static func takeOut(_ bytes: Int, _ purpose: MemoryPurpose) {
        account.withLock { $0.present.change(purpose, by: -Int64(bytes)) }
    }
}
