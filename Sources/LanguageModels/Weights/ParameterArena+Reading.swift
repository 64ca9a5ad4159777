import Kernels
import ModelFiles
package import RandomStreams

/// Reading parameters as float32, and the places to write them to.
extension ParameterArena {
    /// Writes some elements to `values`, widened exactly; on the calling thread.
    package func read(_ range: Range<Int>, into values: UnsafeMutablePointer<Float>) {
        switch storage {
        case .float32(let base): values.update(from: base + range.lowerBound, count: range.count)
        case .half(let base, let format):
            HalfPrecision.widen(base + range.lowerBound, from: format, into: values, count: range.count)
        }
    }

    /// Writes some elements as they will be after an update that acts on them; they stay as they are.
    func read(
        _ range: Range<Int>, after update: PendingUpdate, into values: UnsafeMutablePointer<Float>
    ) {
        readChanged(range, into: values) { copy in
            switch copy {
            case .float32(let elements):
                Noise.addHere(
                    update.scale, seed: update.seed, distribution: update.distribution, to: elements,
                    count: range.count, firstIndex: UInt64(range.lowerBound))
            case .half(let elements, let format):
                _ = Noise.updateHere(
                    update.scale, seed: update.seed, distribution: update.distribution,
                    rounding: update.storageRounding,
                    run: HalfRun(
                        stored: elements, format: format, count: range.count,
                        firstIndex: UInt64(range.lowerBound)))
            }
        }
    }

    /// Writes some elements as they would be after storing `θ + scale · z` for one scale after the other; they stay as
    /// they are.
    package func read(
        _ range: Range<Int>, afterAdding scales: [Float], seed: UInt64, distribution: NoiseDistribution,
        into values: UnsafeMutablePointer<Float>
    ) {
        let alone = ThreadTeam(threadCount: 1)
        readChanged(range, into: values) { copy in
            for scale in scales {
                switch copy {
                case .float32(let elements):
                    Noise.add(
                        scale, seed: seed, distribution: distribution, to: elements, count: range.count,
                        firstIndex: UInt64(range.lowerBound), team: alone)
                case .half(let elements, let format):
                    Noise.add(
                        scale, seed: seed, distribution: distribution,
                        to: HalfRun(
                            stored: elements, format: format, count: range.count,
                            firstIndex: UInt64(range.lowerBound)), team: alone)
                }
            }
        }
    }

    /// Where a parameter's elements are read to from a file.
    func destination(of parameter: Parameter) -> TensorDestination {
        switch storage {
        case .float32: .float32(elements(of: parameter))
        case .half(let base, let format):
            .half(
                UnsafeMutableBufferPointer(
                    start: base + parameter.range.lowerBound, count: parameter.range.count), format)
        }
    }

    /// Whether no element of a parameter is beyond the range of float16 storage; the other formats have the range of
    /// the numbers in files.
    func isWithinRange(_ parameter: Parameter) -> Bool {
        guard case .half(let base, .float16) = storage else { return true }
        // An exponent of all ones, of an infinity or no number, carries into the sign's place.
        var carries: UInt16 = 0
        for index in parameter.range { carries |= (base[index] & 0x7c00) &+ 0x0400 }
        return carries & 0x8000 == 0
    }

    /// Writes some elements after `change` was done to a copy in the storage's format.
    private func readChanged(
        _ range: Range<Int>, into values: UnsafeMutablePointer<Float>, _ change: (ParameterStorage) -> Void
    ) {
        switch storage {
        case .float32(let base):
            values.update(from: base + range.lowerBound, count: range.count)
            change(.float32(values))
        case .half(let base, let format):
            withUnsafeTemporaryAllocation(of: UInt16.self, capacity: range.count) { copy in
                guard let elements = copy.baseAddress else { return }
                elements.initialize(from: base + range.lowerBound, count: range.count)
                change(.half(elements, format))
                HalfPrecision.widen(elements, from: format, into: values, count: range.count)
            }
        }
    }
}
