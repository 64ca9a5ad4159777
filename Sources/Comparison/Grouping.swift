/// Items put together by what they share, or into groups of a size.
package enum Grouping {
    /// Items by key, keys in the order in which they are first met.
    package static func inOrder<Item, Key: Equatable>(
        _ items: [Item], by key: (Item) -> Key
    ) -> [(key: Key, items: [Item])] {
        var groups: [(key: Key, items: [Item])] = []
        for item in items {
            let key = key(item)
            if let index = groups.firstIndex(where: { $0.key == key }) {
                groups[index].items.append(item)
            } else {
                groups.append((key, [item]))
            }
        }
        return groups
    }

    /// Groups of at most `count` items.
    package static func chunks<Item>(_ items: [Item], of count: Int) -> [[Item]] {
        stride(from: 0, to: items.count, by: count).map { Array(items[$0..<min($0 + count, items.count)]) }
    }
}
