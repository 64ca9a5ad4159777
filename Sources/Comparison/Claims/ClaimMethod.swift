import Optimizers
import Tasks
import Training

/// What a claim's method is in this program.
enum ClaimMethod: Hashable {
    /// The untrained model.
    case zeroShot
    /// The untrained model after so many demonstrations.
    case inContext(demonstrationCount: Int)
    /// MeZO.
    case mezo
    /// LeZO.
    case lezo
    /// Linear probing: of tasks with classes by logistic regression, of others by tuning the head.
    case linearProbe
    /// Fine-tuning all parameters by gradients with Adam.
    case fineTuning
    /// A method that this program does not have, held against LeZO, which leaves out layers too.
    case nearLeZO(name: String)
    /// A method that this program does not have.
    case absent(reason: String)

    /// The method of a claim, by its name.
    init(_ claim: Claim) {
        self =
            switch claim.method {
            case "zero-shot": .zeroShot
            case "MeZO": .mezo
            case "LeZO": .lezo
            case "FT-Adam": .fineTuning
            case "linear-probing": .linearProbe
            case "AdaLeZO", "random layers": .nearLeZO(name: claim.method)
            default:
                Self.demonstrationCount(claim.method).map { .inContext(demonstrationCount: $0) }
                    ?? .absent(reason: "this program does not have \(claim.method)")
            }
    }

    /// The number in a name such as `ICL-32`, nil for other names.
    private static func demonstrationCount(_ name: String) -> Int? {
        let prefix = "ICL-"
        return name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
    }

    /// Whether a cell runs it, or what stands for it.
    func isRun(by cell: Cell) -> Bool {
        switch self {
        case .zeroShot: cell.method == .zeroShot
        case .inContext:
            cell.method.inContextSettings.map { $0.demonstrationCount > 0 && !$0.calibrates } ?? false
        case .mezo: cell.method.zerothOrderSettings != nil && cell.droppedLayerCount == 0
        case .lezo, .nearLeZO: cell.droppedLayerCount > 0
        case .linearProbe:
            cell.method == .linearProbe || cell.method.tunesHead && isAdam(cell.method)
        case .fineTuning:
            isAdam(cell.method) && cell.method.tunedParameters != .decoderLayers && !cell.method.tunesHead
        case .absent: false
        }
    }

    private func isAdam(_ method: Method) -> Bool {
        method.firstOrderSettings.map { $0.rule != .sgd } ?? false
    }

    /// Why a cell that runs it is not what the claim is about, or nil.
    func mismatch(of cell: Cell) -> String? {
        switch self {
        case .nearLeZO(let name):
            return "different method: LeZO, the claim is about \(name)"
        case .inContext(let claimed):
            let count = cell.method.inContextSettings?.demonstrationCount ?? 0
            return count == claimed
                ? nil : "different method: \(count) demonstrations, the claim is about \(claimed)"
        case .linearProbe:
            guard cell.method.tunesHead, cell.workload.hasClasses else { return nil }
            return "different method: the head tuned by gradients, the claim is about a logistic regression"
        case .zeroShot, .mezo, .lezo, .fineTuning, .absent:
            return nil
        }
    }

    /// Why nothing can run it, or nil.
    var reasonOfAbsence: String? {
        guard case .absent(let reason) = self else { return nil }
        return reason
    }
}

extension Workload {
    /// Whether it is a task with classes to tell apart.
    fileprivate var hasClasses: Bool {
        taskName.flatMap(TaskCatalog.task(named:))?.kind == .classification
    }
}
