package import Provenance

/// What a child process finds about itself: the environment that trials run in.
///
/// The parent cannot say this of its children, because BLAS chooses its kernels when a process starts.
package struct RuntimeProbe: Sendable, Hashable, Codable {
    /// Machine, build and libraries as the child sees them.
    package var environment: Environment
    /// Single-precision matrix products a second that BLAS reaches there, in 10⁹ operations, all threads.
    package var gigaflops: Double
    /// Elements a second that the Gaussian perturbation pass reaches there, in 10⁹, all threads.
    package var perturbedGigaelements: Double

    /// A probe from its values.
    package init(environment: Environment, gigaflops: Double, perturbedGigaelements: Double) {
        self.environment = environment
        self.gigaflops = gigaflops
        self.perturbedGigaelements = perturbedGigaelements
    }
}
