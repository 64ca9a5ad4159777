/// A split's examples, in the order of the archive; each is put into words only when it is asked for.
///
/// Every record is read and checked beforehand, so an access cannot fail.
package struct ExampleList: RandomAccessCollection {
    package let startIndex = 0
    package let endIndex: Int
    /// Sentences for the report about records that are no example.
    package let notes: [String]
    private let makeExample: (Int) -> Example

    /// Examples of checked records.
    ///
    /// - Parameters:
    ///   - records: One record an example.
    ///   - split: Where they are from, for their ids.
    ///   - notes: Sentences for the report about records that are no example.
    ///   - makeExample: Puts a record into words under an id.
    init<Record>(
        _ records: [Record], split: ArchiveSplit, notes: [String] = [],
        makeExample: @escaping (_ id: String, Record) -> Example
    ) {
        endIndex = records.count
        self.notes = notes
        self.makeExample = { makeExample("\(split.rawValue):\($0)", records[$0]) }
    }

    /// The example at a position.
    package subscript(position: Int) -> Example { makeExample(position) }
}
