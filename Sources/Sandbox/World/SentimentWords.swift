/// The words that carry sentiment, and what they are said of.
enum SentimentWords {
    /// The words of one sentiment.
    struct Side {
        let adjectives: [String]
        /// Superlatives, after "the".
        let superlatives: [String]
        /// After "it leaves you".
        let feelings: [String]
        /// Past tense, after "i".
        let verbs: [String]
        /// After the subject, as a whole.
        let outcomes: [String]
        /// Endings that need no other word.
        let asides: [String]
    }

    static let positive = Side(
        adjectives: [
            "warm", "lovely", "bright", "funny", "fresh", "sweet", "clever", "charming", "rich", "fine",
            "great", "wonderful", "gentle", "tender", "witty", "good", "moving", "perfect",
        ],
        superlatives: ["best", "finest", "sweetest", "brightest", "funniest"],
        feelings: ["smiling", "happy", "glad", "full of hope", "ready for more"],
        verbs: ["loved", "enjoyed", "liked", "admired"],
        outcomes: ["works very well", "is a joy", "is a treat", "will make you smile", "never fails"],
        asides: ["and i want more of it", "and i would go again", "from start to finish"])

    static let negative = Side(
        adjectives: [
            "dull", "cold", "stale", "bitter", "slow", "bland", "clumsy", "flat", "poor", "weak",
            "awful", "terrible", "dreary", "sour", "messy", "bad", "tired", "hollow",
        ],
        superlatives: ["worst", "dullest", "weakest", "poorest", "slowest"],
        feelings: ["yawning", "sad", "bored", "full of regret", "ready to leave"],
        verbs: ["hated", "regretted", "disliked", "endured"],
        outcomes: [
            "does not work at all", "is a chore", "is a waste of time", "will make you yawn", "always fails",
        ],
        asides: ["and i want no more of it", "and i left early", "and never gets better"])

    /// A thing under review and its parts.
    struct Thing {
        let name: String
        let parts: [String]
    }

    static let things = [
        Thing(name: "play", parts: ["story", "cast", "ending", "music", "first act"]),
        Thing(name: "song", parts: ["tune", "voice", "chorus", "refrain"]),
        Thing(name: "tale", parts: ["hero", "ending", "plot", "language"]),
        Thing(name: "feast", parts: ["soup", "cake", "bread", "company", "wine"]),
        Thing(name: "book", parts: ["plot", "hero", "first page", "ending"]),
        Thing(name: "dance", parts: ["music", "band", "beat", "costume"]),
        Thing(name: "fair", parts: ["food", "parade", "music", "crowd"]),
        Thing(name: "show", parts: ["cast", "stage", "script", "humor"]),
        Thing(name: "inn", parts: ["room", "kitchen", "view", "service"]),
        Thing(name: "puppet play", parts: ["story", "voice", "stage", "ending"]),
    ]
}
