/// How fast BLAS multiplied single-precision matrices when an environment was first met.
///
/// Measured, so they differ a little each time and are no part of what makes two environments the same.
package struct BLASRates: Sendable, Hashable, Codable {
    /// With the kernels that trials use, in 10⁹ floating-point operations a second, on all threads.
    package var gigaflops: Double
    /// With the kernels that BLAS chooses by itself.
    package var gigaflopsAsInstalled: Double

    /// Both rates.
    package init(gigaflops: Double, gigaflopsAsInstalled: Double) {
        self.gigaflops = gigaflops
        self.gigaflopsAsInstalled = gigaflopsAsInstalled
    }
}
