/// An answer of DROP: a number, a date or spans of the passage, the other two empty.
struct DROPAnswer: Decodable {
    /// The parts that are known.
    struct Date: Decodable {
        let day: String?
        let month: String?
        let year: String?

        /// Day, month and year joined by spaces; a missing month leaves two, as in Hugging Face's loader.
        var text: String {
            [day, month, year].map { $0 ?? "" }.joined(separator: " ").strippedOfWhiteSpace
        }
    }

    let number: String
    let date: Date
    let spans: [String]

    /// The texts of all answers to one question, or nil when there is none or an answer is of two kinds at once.
    static func texts(of answers: [DROPAnswer]) -> [String]? {
        var texts: [String] = []
        for answer in answers {
            let kinds = [answer.number.isEmpty ? [] : [answer.number], answer.dateTexts, answer.spans]
                .filter { !$0.isEmpty }
            guard kinds.count <= 1 else { return nil }
            texts += kinds.joined()
        }
        return texts.isEmpty ? nil : texts
    }

    private var dateTexts: [String] {
        let isEmpty = [date.day, date.month, date.year].allSatisfy { $0?.isEmpty ?? true }
        return isEmpty ? [] : [date.text]
    }
}
