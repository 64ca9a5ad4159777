import Optimizers
import Training

/// What a claim's method is in this program.
enum ClaimMethod: Hashable {
    /// The untrained model.
    case zeroShot
    /// MeZO.
    case mezo
    /// LeZO.
    case lezo
    /// A method that this program does not have, held against LeZO, which leaves out layers too.
    case nearLeZO(name: String)
    /// A method that this program does not have.
    case absent(reason: String)

    /// The method of a claim, by its name and by what was tuned.
    init(_ claim: Claim) {
        if claim.mode == .lora || claim.mode == .prefix {
            self = .absent(
                reason: "this program tunes the model's own parameters, the claim is about \(claim.mode)")
            return
        }
        self =
            switch claim.method {
            case "zero-shot": .zeroShot
            case "MeZO": .mezo
            case "LeZO": .lezo
            case "AdaLeZO", "random layers": .nearLeZO(name: claim.method)
            default: .absent(reason: "this program does not have \(claim.method)")
            }
    }

    /// Whether a cell runs it, or what stands for it.
    func isRun(by cell: Cell) -> Bool {
        switch self {
        case .zeroShot: cell.method == .zeroShot
        case .mezo: cell.method.zerothOrderSettings != nil && cell.droppedLayerCount == 0
        case .lezo, .nearLeZO: cell.droppedLayerCount > 0
        case .absent: false
        }
    }

    /// Why what runs it is not what the claim is about, or nil.
    var mismatch: String? {
        guard case .nearLeZO(let name) = self else { return nil }
        return "different method: LeZO, the claim is about \(name)"
    }

    /// Why nothing can run it, or nil.
    var reasonOfAbsence: String? {
        guard case .absent(let reason) = self else { return nil }
        return reason
    }
}
