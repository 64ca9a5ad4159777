import Statistics

/// What one call of a work took in each round.
package struct RoundTimes: Sendable, Hashable, Codable {
    /// Nanoseconds of a call, one value a round.
    package let nanoseconds: [Double]

    /// Times from their values, in the order of rounds.
    package init(nanoseconds: [Double]) {
        self.nanoseconds = nanoseconds
    }

    /// Reads a plain list of numbers.
    package init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode([Double].self)
    }

    /// Writes a plain list of numbers.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }

    /// The median, 0 without rounds.
    package var medianNanoseconds: Double { median(of: nanoseconds) ?? 0 }

    /// How many of something are done in a nanosecond when a call does `amount` of it: bytes give GB/s,
    /// floating-point operations GFLOP/s.
    package func perNanosecond(_ amount: Double) -> Double {
        medianNanoseconds > 0 ? amount / medianNanoseconds : 0
    }

    /// How many times as fast as `other` this is: the median over rounds of the ratio within a round.
    ///
    /// Each side's call does so much of the same thing, such as elements. Ratios within a round keep out what
    /// slowed down the whole machine for a while.
    package func rate(over other: RoundTimes, amount: Double = 1, otherAmount: Double = 1) -> Double {
        let ratios = zip(nanoseconds, other.nanoseconds).compactMap { own, others -> Double? in
            own > 0 && others > 0 ? (amount / own) / (otherAmount / others) : nil
        }
        return median(of: ratios) ?? 0
    }
}
