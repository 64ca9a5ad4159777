import COpenBLAS
import Dispatch

/// The OpenBLAS that this process loaded.
///
/// Its core type can only be chosen before it loads, by `OPENBLAS_CORETYPE` in the environment of a new
/// process: a parent sets it for its children from ``expectedCoreType``.
package enum BLASLibrary {
    /// The environment variable that forces a core type.
    package static let coreTypeVariable = "OPENBLAS_CORETYPE"

    /// Version and build options, as the library states them.
    package static var configuration: String {
        guard let text = openblas_get_config() else { return "unknown" }
        return String(cString: text)
    }

    /// The kernels in use.
    package static var coreType: BLASCoreType {
        guard let text = openblas_get_corename() else { return BLASCoreType(name: "unknown") }
        return BLASCoreType(name: String(cString: text))
    }

    /// The kernels that this CPU deserves by its features; nil where the library's own choice stands.
    package static var expectedCoreType: BLASCoreType? { BLASCoreType.deserved(by: .current) }

    /// Whether the kernels in use are the expected ones, or others with vectors as wide.
    package static var usesExpectedCoreType: Bool { coreType.serves(.current) }

    /// Runs `work` while each product is spread over the library's own threads, then goes back to one.
    ///
    /// For measuring what the library can do; its bits depend on the number of threads. Not to be called while
    /// products run elsewhere. The library's threads keep looking for work for a tenth of a second after their
    /// last product, so wait before timing anything else.
    package static func withLibraryThreads<Result>(
        _ threadCount: Int, _ work: () throws -> Result
    ) rethrows -> Result {
        MatrixTile.runsOnOneThread
        openblas_set_num_threads(Int32(max(1, threadCount)))
        defer { openblas_set_num_threads(1) }
        return try work()
    }

    /// The rate of single-precision products now, in 10⁹ floating-point operations a second, all threads of
    /// the team together.
    ///
    /// Every thread multiplies matrices of 1024 x 1024 at the same time; the best of five times, some 0.1 s in
    /// all. Other load lowers it.
    package static func measuredGigaflops(
        team: ThreadTeam = ThreadTeam(threadCount: 1)
    ) throws(OutOfMemory) -> Double {
        let size = 1024
        let inputs = try AlignedBuffer<Float>(count: size * size)
        let weights = try AlignedBuffer<Float>(count: size * size)
        let outputs = try AlignedBuffer<Float>(count: team.threadCount * size * size)
        for index in 0..<size * size {
            inputs.base[index] = Float(index % 13) * 0.125 - 0.75
            weights.base[index] = Float(index % 17) * 0.125 - 1
        }
        func square(_ base: UnsafeMutablePointer<Float>) -> MatrixView {
            MatrixView(base: base, rowCount: size, columnCount: size)
        }
        var bestNanoseconds = UInt64.max
        for _ in 0..<5 {
            let start = DispatchTime.now().uptimeNanoseconds
            team.forEachChunk(of: team.threadCount) { chunk in
                MatrixTile.multiply(
                    square(inputs.base), byTransposeOf: square(weights.base),
                    into: square(outputs.base + chunk * size * size), accumulating: false)
            }
            bestNanoseconds = min(bestNanoseconds, DispatchTime.now().uptimeNanoseconds - start)
        }
        return Double(team.threadCount) * 2 * Double(size * size * size) / Double(max(1, bestNanoseconds))
    }
}
