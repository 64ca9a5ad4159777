import Kernels
import LanguageModels

extension ParameterArena {
    /// Rounds float32 parameters to the nearest number of a 16-bit format where they are.
    ///
    /// A loss measured afterwards is that of the weights as they are stored.
    func round(to format: HalfFormat) {
        for parameter in parameters {
            let elements = elements(of: parameter)
            guard let base = elements.baseAddress else { continue }
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: elements.count) { stored in
                guard let first = stored.baseAddress else { return }
                HalfPrecision.narrow(base, to: format, into: first, count: elements.count)
                HalfPrecision.widen(first, from: format, into: base, count: elements.count)
            }
        }
    }
}
