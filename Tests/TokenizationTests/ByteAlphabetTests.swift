import Testing
import Tokenization

@Suite("Byte alphabet")
struct ByteAlphabetTests {
    @Test("every byte has its own printable character, and comes back from it")
    func everyByte() {
        #expect(Set(ByteAlphabet.scalars).count == 256)
        for byte in UInt8.min...UInt8.max {
            let text = ByteAlphabet.text(of: [byte])
            #expect(ByteAlphabet.bytes(of: text) == [byte])
            #expect(text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value > 0x20 })
        }
    }

    @Test("known characters of the published alphabet")
    func knownCharacters() {
        #expect(ByteAlphabet.text(of: Array(" \nA".utf8)) == "ĠĊA")
        #expect(ByteAlphabet.text(of: [0xAD, 0x7F, 0xA0]) == "Ńġł")
    }

    @Test("a token with a character outside the alphabet stands for its own bytes")
    func outside() {
        #expect(ByteAlphabet.bytes(of: "<a b>") == Array("<a b>".utf8))
        #expect(ByteAlphabet.bytes(of: "\u{65E5}") == Array("\u{65E5}".utf8))
    }
}
