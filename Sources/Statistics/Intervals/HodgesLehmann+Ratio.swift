import Glibc

extension HodgesLehmann {
    /// The estimate of log ratios as a ratio.
    package var ratio: Double { exp(estimate) }
    /// Its interval as one of ratios.
    package var ratioInterval: Interval? { interval?.mapped(increasing: { exp($0) }) }
}
