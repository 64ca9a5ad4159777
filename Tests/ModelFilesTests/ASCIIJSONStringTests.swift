import Foundation
import ModelFiles
import Testing

@Suite("JSON strings in ASCII")
struct ASCIIJSONStringTests {
    private static let texts = [
        "", "plain", "a \"quoted\" \\ path/with/slashes", "two\nlines\r\n\ttabbed", "\u{0}\u{1f}\u{7f}",
        "caf\u{e9} \u{4e2d}\u{6587} \u{1F600}",
    ]

    @Test("every text comes back from a JSON reader, and its bytes are printable ASCII", arguments: texts)
    func roundTrip(text: String) throws {
        for newline in [ASCIIJSONString.Newline.numbered, .short] {
            let quoted = ASCIIJSONString.quoted(text, newline: newline)
            #expect(quoted.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
            let read = try JSONDecoder().decode([String].self, from: Data("[\(quoted)]".utf8))
            #expect(read == [text])
        }
    }

    @Test("the bytes are those that files of earlier versions have")
    func bytes() {
        let text = "a\n\"b\" \\ \u{e9}\u{1F600}"
        #expect(
            ASCIIJSONString.quoted(text, newline: .numbered)
                == #""a\u000a\"b\" \\ \u00e9\ud83d\ude00""#)
        #expect(
            ASCIIJSONString.quoted(text, newline: .short)
                == #""a\n\"b\" \\ \u00e9\ud83d\ude00""#)
    }
}
