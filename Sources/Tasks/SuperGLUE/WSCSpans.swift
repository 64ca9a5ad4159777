/// The noun phrase (span 1) and the pronoun (span 2) of a WSC record, each with the index of its first word.
///
/// Many spans of the archive are no substring of their text: the case of the first letter differs, a full stop
/// was taken along, or a space is a newline. The correction is that of the variant `wsc.fixed` in Hugging Face's
/// loader of SuperGLUE, which the published code reads.
struct WSCSpans: Decodable {
    private(set) var span1Text: String
    private(set) var span2Text: String
    private let span1Index: Int
    private var span2Index: Int

    private enum CodingKeys: String, CodingKey {
        case span1Text = "span1_text"
        case span2Text = "span2_text"
        case span1Index = "span1_index"
        case span2Index = "span2_index"
    }

    /// Subjects with other words between them in the text: nothing can correct these.
    private static let uncorrectable: Set<String> = ["Kamenev and Zinoviev", "Kamenev, Zinoviev, and Stalin"]

    /// The spans as substrings of the text, but for two that cannot be.
    ///
    /// - Throws: ``RecordFault`` for a span that stays apart from the text, or an index past its last word.
    func corrected(in text: String) throws(RecordFault) -> WSCSpans {
        var spans = self
        spans.span1Text = try Self.corrected(
            span1Text, wordIndex: span1Index, in: text, field: "target.span1")
        // A space is missing there, which shifts the words after it; the phrase comes first.
        if span1Text != spans.span1Text, span1Text.holds("theyscold") { spans.span2Index = 10 }
        spans.span2Text = try Self.corrected(
            span2Text, wordIndex: spans.span2Index, in: text, field: "target.span2")
        return spans
    }

    private static func corrected(
        _ span: String, wordIndex: Int, in text: String, field: String
    ) throws(RecordFault) -> String {
        guard !text.holds(span), !uncorrectable.contains(span) else { return span }
        let words = text.unicodeScalars.split(whereSeparator: \.isPythonSpace)
        guard words.indices.contains(wordIndex), let start = words[wordIndex].first else {
            throw RecordFault(
                field: field + "_index", found: "\(wordIndex)",
                expected: "the index of one of the \(words.count) words of the text")
        }
        var scalars = span.unicodeScalars[...]
        let first = scalars.popFirst().map {
            start.properties.isLowercase ? $0.properties.lowercaseMapping : $0.properties.uppercaseMapping
        }
        while scalars.last == "." { scalars.removeLast() }
        let result = (first ?? "") + String(scalars).replacingScalars("\n", with: " ")
        guard text.holds(result) else {
            throw RecordFault(field: field + "_text", found: quoted(span), expected: "a span of the text")
        }
        return result
    }
}
