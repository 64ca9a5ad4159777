/// A sentence that is true in the world, with what may be asked about it.
struct Statement {
    let text: String
    let questions: [Question]

    init(_ text: String, _ questions: [Question]) {
        self.text = text
        self.questions = questions
    }
}

/// What may be asked about one fact, in open form and as a yes/no question.
struct Question {
    /// The open question, such as "Where does Mira live?".
    let open: String
    /// The answer, which occurs exactly once in its statement.
    let answer: String
    /// The yes/no question with `@` where the asked value stands, such as "does Mira live in @".
    let claim: String
    /// Other values of the same kind, each of which makes the claim false.
    let others: [String]

    /// A question about a value of a kind; `kind` may hold the true answer, which is left out.
    init(_ open: String, answer: String, claim: String, kind: [String]) {
        self.open = open
        self.answer = answer
        self.claim = claim
        others = kind.filter { $0 != answer }
    }

    /// The yes/no question about one value, in lower case and without a question mark as in BoolQ.
    func yesNo(about value: String) -> String {
        claim.split(separator: "@", omittingEmptySubsequences: false).joined(separator: value).lowercased()
    }
}

/// A few statements about one subject, as running text.
struct Passage {
    /// The person or town that it is about.
    let title: String
    let statements: [Statement]

    /// The statements joined by spaces.
    var text: String {
        statements.map(\.text).joined(separator: " ")
    }

    /// Where a statement begins in ``text``, in bytes, which are characters because all is ASCII.
    func offset(ofStatement index: Int) -> Int {
        statements[..<index].reduce(0) { $0 + $1.text.utf8.count + 1 }
    }
}
