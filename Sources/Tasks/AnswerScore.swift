/// How well a generated answer agrees with the accepted ones, as SQuAD scores it.
///
/// Both are put in lower case and lose ASCII punctuation, the words "a", "an" and "the", and extra white space.
/// A question whose first accepted answer says that there is none is all or nothing.
/// Source: Rajpurkar et al. (2016), section 5, and `metrics.py` of MeZO's large-model code.
package enum AnswerScore {
    // Scalars, because Swift's strings are equal where only their normal forms are.
    private typealias Word = [Unicode.Scalar]

    /// The best F1 of shared words over all accepted answers, in 0...1; 0 when there are none.
    package static func f1(prediction: String, goldAnswers: [String]) -> Double {
        let predicted = words(of: prediction)
        if let first = goldAnswers.first, noAnswer.contains(first) {
            return predicted == words(of: first) ? 1 : 0
        }
        return goldAnswers.map { f1(predicted, words(of: $0)) }.max() ?? 0
    }

    /// 1 when the answer agrees word for word with an accepted one, else 0.
    package static func exactMatch(prediction: String, goldAnswers: [String]) -> Double {
        let predicted = words(of: prediction)
        return goldAnswers.contains { predicted == words(of: $0) } ? 1 : 0
    }

    /// How the published code writes that a question has no answer.
    private static let noAnswer: Set<String> = ["CANNOTANSWER", "no answer"]

    private static func f1(_ predicted: [Word], _ gold: [Word]) -> Double {
        var remaining: [Word: Int] = [:]
        for word in gold { remaining[word, default: 0] += 1 }
        var shared = 0
        for word in predicted {
            guard let count = remaining[word], count > 0 else { continue }
            remaining[word] = count - 1
            shared += 1
        }
        guard shared > 0 else { return 0 }
        let precision = Double(shared) / Double(predicted.count)
        let recall = Double(shared) / Double(gold.count)
        return 2 * precision * recall / (precision + recall)
    }

    private static func words(of text: String) -> [Word] {
        let kept = text.lowercased().unicodeScalars.filter { !isPunctuation($0) }
        return withoutArticles(Array(kept))
            .split(whereSeparator: \.isPythonSpace)
            .map(Array.init)
    }

    /// Articles become a space where they stand between characters that are not part of a word.
    private static func withoutArticles(_ scalars: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var result: [Unicode.Scalar] = []
        var start = 0
        while start < scalars.count {
            let end =
                scalars[start...].firstIndex { isWordCharacter($0) != isWordCharacter(scalars[start]) }
                ?? scalars.count
            let run = scalars[start..<end]
            if articles.contains(Array(run)) { result.append(" ") } else { result += run }
            start = end
        }
        return result
    }

    private static let articles: Set<Word> = [["a"], ["a", "n"], ["t", "h", "e"]]

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    /// A letter or a number, as in the word borders of Python's regular expressions.
    private static func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: false
        }
    }
}
