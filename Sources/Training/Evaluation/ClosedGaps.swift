extension String {
    /// What `clean_up_tokenization` takes out, and what is left, in the order of its replacements.
    private static let gaps = [
        (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"), (" 'm", "'m"),
        (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
    ].map { (gap: Array($0.utf8), closed: Array($1.utf8)) }

    /// The text without spaces before punctuation and contractions.
    ///
    /// All replacements are of ASCII, so bytes are replaced: a mark that combines with what follows changes nothing.
    /// Source: `clean_up_tokenization` of Hugging Face's transformers, which `decode` called by default in version 4.28.
    package var withoutGaps: String {
        String(
            decoding: Self.gaps.reduce(Array(utf8)) { $0.replacing($1.gap, with: $1.closed) }, as: UTF8.self)
    }
}
