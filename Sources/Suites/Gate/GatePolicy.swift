/// What a regression gate asks for: tolerances, error rates, and what to make of an answer that is none.
///
/// The defaults are those of a file that says nothing.
package struct GatePolicy: Sendable, Hashable {
    /// What follows when a condition is not met.
    package enum Consequence: String, Sendable, Hashable, CaseIterable {
        /// The gate does not pass.
        case fail
        /// The gate passes and says so.
        case warn
        /// It is not looked at.
        case ignore
    }

    /// Quantities without noise.
    package struct Exact: Sendable, Hashable {
        /// When losses, answers or weights of the same seeds are not the same to the bit.
        package var numbers = Consequence.fail
        /// When timed steps do more matrix products or operations, or allocate more, counted without noise.
        package var work = Consequence.fail
        /// When the peak memory grew by more than the tolerance.
        package var memory = Consequence.fail
        /// The share by which the peak resident memory may grow.
        package var memoryTolerance = 0.01
    }

    /// Test scores.
    package struct Quality: Sendable, Hashable {
        /// How many percentage points worse is still not inferior.
        package var marginPoints = 1.0
        /// The chance of calling any cell inferior when none is; also the level at which one is shown not to be.
        package var significance = 0.05
    }

    /// Step times of two programs in interleaved rounds.
    package struct Timing: Sendable, Hashable {
        /// When there are no interleaved rounds to judge by.
        package var missing = Consequence.fail
        /// A step that takes this share longer is not slower.
        package var margin = 0.02
        /// Rounds of each cell in the first stage, and again in the confirmation.
        package var rounds = 20
        /// The chance of flagging any cell when none is slower.
        package var significance = 0.05
        /// The same in the confirmation, over the flagged cells.
        package var confirmation = 0.01
        /// The gate is undecided where it could not have found a slowdown of this share with a power of 80%.
        package var detectable = 0.10
    }

    /// Step times of earlier runs, which only ever warn.
    package struct History: Sendable, Hashable {
        /// The newest runs that are looked at.
        package var runs = 30
        /// The chance of any warning when nothing changed.
        package var significance = 0.05
    }

    /// Quantities without noise.
    package var exact = Exact()
    /// Test scores.
    package var quality = Quality()
    /// Step times in interleaved rounds.
    package var timing = Timing()
    /// Step times of earlier runs.
    package var history = History()
    /// When an answer is neither yes nor no.
    package var undecided = Consequence.fail

    /// The defaults.
    package init() {}
}
