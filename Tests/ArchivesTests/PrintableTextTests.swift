import Archives
import Testing

@Suite("Text of strangers in messages")
struct PrintableTextTests {
    @Test("ordinary text is left as it is")
    func ordinary() {
        for text in ["", "BoolQ/größe.txt", "日本語 \u{1F600} e\u{301}"] { #expect(text.printable == text) }
    }

    @Test("what a terminal would obey is written out")
    func escaped() {
        #expect("a\u{1b}[2Jb\r\n".printable == "a\\u{1b}[2Jb\\u{d}\\u{a}")
        #expect("x\u{202e}y\u{9b}z\u{2028}".printable == "x\\u{202e}y\\u{9b}z\\u{2028}")
        #expect("x\u{61c}y".printable == "x\\u{61c}y")
    }

    @Test("of a long text the beginning and the end are kept, however few characters it is")
    func long() {
        let text = "begin" + String(repeating: "\u{301}", count: 1_000_000) + "end"
        let shown = text.printable
        // By bytes: the last letter and the marks after it are one character.
        #expect(shown.utf8.starts(with: "begin".utf8) && shown.hasSuffix("end"))
        #expect(shown.unicodeScalars.count < 2_600)
    }

    @Test("what is written out counts as long as it is written")
    func longWhenWrittenOut() {
        let shown = ("begin" + String(repeating: "\u{0}", count: 2_400) + "end").printable
        #expect(shown.hasPrefix("begin\\u{0}") && shown.hasSuffix("\\u{0}end") && shown.contains(" [...] "))
        #expect(shown.unicodeScalars.count < 2_600)
    }
}
