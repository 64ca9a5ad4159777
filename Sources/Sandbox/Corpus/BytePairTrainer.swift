import Tokenization

/// Trains a byte-level BPE vocabulary: special tokens, the 256 bytes, then merges of the most frequent pair.
///
/// Bytes have their ids in the order of their characters in GPT-2's byte alphabet. Of pairs that are equally
/// frequent, the one with the smaller left id, then the smaller right id, is merged first, so the same texts
/// give the same vocabulary; these are also the choices of the trainer in Hugging Face's tokenizers library.
/// Source: Sennrich, Haddow and Birch (2016), algorithm 1.
package struct BytePairTrainer {
    /// Tokens by id, in the byte alphabet.
    package private(set) var tokens: [String]
    /// Merges in order of rank.
    package private(set) var merges: [[String]] = []

    private var idByToken: [String: Int]

    /// Trains on texts until the vocabulary has `vocabularySize` tokens or every word is one token.
    package init(texts: [String], vocabularySize: Int, specialTokens: [String]) {
        let alphabet = ByteAlphabet.scalars.sorted().map { String($0) }
        tokens = specialTokens + alphabet
        idByToken = [:]
        for (id, token) in tokens.enumerated() { idByToken[token] = id }
        var words = Self.countWords(in: texts).map { word in
            Word(
                ids: word.bytes.compactMap { idByToken[String(ByteAlphabet.scalars[Int($0)])] },
                count: word.count)
        }
        while tokens.count < vocabularySize, let pair = Self.mostFrequentPair(in: words) {
            let merged = merge(pair)
            for index in words.indices { words[index].replace(pair, with: merged) }
        }
    }

    /// A distinct word, how often it occurs, and how it is split so far.
    private struct Word {
        var ids: [Int]
        let count: Int

        mutating func replace(_ pair: Pair, with merged: Int) {
            var index = 0
            while index + 1 < ids.count {
                if ids[index] == pair.left, ids[index + 1] == pair.right {
                    ids[index] = merged
                    ids.remove(at: index + 1)
                }
                index += 1
            }
        }
    }

    private struct Pair: Hashable {
        let left: Int
        let right: Int
    }

    private mutating func merge(_ pair: Pair) -> Int {
        let token = tokens[pair.left] + tokens[pair.right]
        merges.append([tokens[pair.left], tokens[pair.right]])
        // Two different pairs may spell the same token; it then keeps its id.
        if let id = idByToken[token] { return id }
        idByToken[token] = tokens.count
        tokens.append(token)
        return tokens.count - 1
    }

    private static func mostFrequentPair(in words: [Word]) -> Pair? {
        var counts: [Pair: Int] = [:]
        for word in words {
            for (left, right) in zip(word.ids, word.ids.dropFirst()) {
                counts[Pair(left: left, right: right), default: 0] += word.count
            }
        }
        // The order of the dictionary does not matter: no two pairs compare as equal.
        return counts.max { first, second in
            (first.value, -first.key.left, -first.key.right)
                < (second.value, -second.key.left, -second.key.right)
        }?.key
    }

    private static func countWords(in texts: [String]) -> [(bytes: [UInt8], count: Int)] {
        var counts: [ArraySlice<UInt8>: Int] = [:]
        for text in texts {
            for piece in TextPieces(Array(text.utf8)[...]) { counts[piece, default: 0] += 1 }
        }
        return counts.map { (Array($0.key), $0.value) }.sorted {
            $0.bytes.lexicographicallyPrecedes($1.bytes)
        }
    }
}
