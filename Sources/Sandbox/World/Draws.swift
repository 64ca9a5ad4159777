/// A seeded stream of choices, from which all the texts of the sandbox are drawn.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). The
/// standard library's `shuffled` and `randomElement` are not used, because their algorithms may change
/// between releases of Swift and the same seed must give the same bytes.
struct Draws {
    private var state: UInt64

    /// A stream that depends on the seed and on its own name, so that changing one does not shift another.
    init(seed: UInt64, stream: String) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in stream.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
        }
        state = seed &* 0x9e37_79b9_7f4a_7c15 ^ hash
        _ = next()
    }

    /// The next 64 bits.
    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// A whole number of `0..<bound`; `bound` is at least 1.
    mutating func below(_ bound: Int) -> Int {
        // The bias of a product's high word is below bound / 2^64.
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// True in `percent` of 100 draws.
    mutating func chance(percent: Int) -> Bool {
        below(100) < percent
    }

    /// One element of a list that is not empty.
    mutating func pick<Element>(_ list: [Element]) -> Element {
        list[below(list.count)]
    }

    /// One element of a list that holds something other than `excluded`.
    mutating func pick<Element: Equatable>(_ list: [Element], except excluded: Element) -> Element {
        pick(list.filter { $0 != excluded })
    }

    /// The list in a random order (Fisher-Yates).
    mutating func shuffled<Element>(_ list: [Element]) -> [Element] {
        var result = list
        for last in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(last, below(last + 1))
        }
        return result
    }

    /// At most `count` elements at different places of the list, in random order.
    mutating func pick<Element>(_ count: Int, of list: [Element]) -> [Element] {
        Array(shuffled(list).prefix(count))
    }
}
