/// How a value that 16-bit storage cannot hold is rounded to one of its two neighbours.
package enum UpdateRounding: String, Sendable, Hashable, Codable, CaseIterable {
    /// To the nearer one, to the even one on a tie. Updates below half a unit in the last place are lost.
    case nearest
    /// To either one, with a probability that makes the expected value exact; drawn from the step's seed and the
    /// element's index, so it is the same whatever the threads (Gupta et al. 2015, section 3).
    case stochastic
}
