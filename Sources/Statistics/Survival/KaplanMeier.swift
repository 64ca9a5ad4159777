/// The Kaplan-Meier estimate (1958) of the share that has not reached an event by a time, where some were not watched
/// to the end.
package struct KaplanMeier: Sendable, Hashable {
    /// What happened to one subject, such as one seed on its way to a target accuracy.
    package struct Observation: Sendable, Hashable {
        /// When the event came, or when watching ended without it; at least 0.
        package var time: Double
        /// Whether the event came.
        package var isEvent: Bool

        /// An observation from its two values.
        package init(time: Double, isEvent: Bool) {
            self.time = time
            self.isEvent = isEvent
        }
    }

    /// A time at which events came.
    package struct Drop: Sendable, Hashable {
        /// The time.
        package let time: Double
        /// Subjects still watched and without event just before.
        package let atRisk: Int
        /// Events at this time.
        package let events: Int
        /// The share without event from here on.
        package let survival: Double
    }

    /// The mean time without event up to a horizon.
    package struct RestrictedMean: Sendable, Hashable {
        /// The area under the curve from 0 to the horizon.
        package let value: Double
        /// Greenwood's estimate of its variance.
        package let variance: Double
    }

    /// The times of events, ascending.
    package let drops: [Drop]
    /// The longest time that anybody was watched.
    package let lastTime: Double

    /// The curve of at least one subject, or nil from none.
    ///
    /// Who stops being watched at the time of an event is counted as at risk in it, as is the custom.
    package init?(_ observations: [Observation]) {
        let times = Set(observations.map(\.time)).sorted()
        let places = Dictionary(uniqueKeysWithValues: zip(times, times.indices))
        var counts = [Count](repeating: Count(), count: times.count)
        for observation in observations {
            guard let place = places[observation.time] else { continue }
            if observation.isEvent { counts[place].events += 1 } else { counts[place].withdrawals += 1 }
        }
        self.init(times: times, counts: counts)
    }

    /// Subjects whose watching ended at one time.
    package struct Count: Sendable, Hashable {
        /// Those to whom the event came.
        package var events = 0
        /// Those who were watched no longer.
        package var withdrawals = 0

        /// Nobody yet.
        package init() {}
    }

    /// The curve of subjects counted by time, or nil from none.
    ///
    /// - Parameters:
    ///   - times: Ascending, each once.
    ///   - counts: Who ended at each of the times; nobody at some of them is allowed.
    package init?(times: [Double], counts: [Count]) {
        var atRisk = counts.reduce(0) { $0 + $1.events + $1.withdrawals }
        guard let last = counts.lastIndex(where: { $0.events + $0.withdrawals > 0 }) else { return nil }
        lastTime = times[last]
        var survival = 1.0
        var drops: [Drop] = []
        for (time, count) in zip(times, counts) {
            if count.events > 0 {
                survival *= Double(atRisk - count.events) / Double(atRisk)
                drops.append(Drop(time: time, atRisk: atRisk, events: count.events, survival: survival))
            }
            atRisk -= count.events + count.withdrawals
        }
        self.drops = drops
    }

    /// The share without event just after `time`.
    package func survival(at time: Double) -> Double {
        drops.last { $0.time <= time }?.survival ?? 1
    }

    /// The restricted mean `RM(K) = integral from 0 to K of S(u) du` and its variance.
    ///
    /// The variance is `sum over events of A_i^2 d_i / (n_i (n_i - d_i))`, with `A_i` the area from the event to the
    /// horizon (Klein and Moeschberger 2003, equation 4.5.2). Nil when the horizon lies beyond the last time while the
    /// curve is not 0 there: what happens beyond is not known.
    package func restrictedMean(to horizon: Double) -> RestrictedMean? {
        guard horizon <= lastTime || drops.last?.survival == 0 else { return nil }
        var value = 0.0
        var variance = 0.0
        var end = horizon
        // From the horizon backwards, so that the area to the right of each event is known when it is needed.
        for drop in drops.reversed() where drop.time < horizon {
            value += drop.survival * (end - drop.time)
            end = drop.time
            let survivors = drop.atRisk - drop.events
            // Nobody is left after the last event, so the area there is 0 and the term with it.
            guard survivors > 0 else { continue }
            variance += value * value * Double(drop.events) / (Double(drop.atRisk) * Double(survivors))
        }
        return RestrictedMean(value: value + end, variance: variance)
    }
}
