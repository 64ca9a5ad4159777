import Testing
import Tokenization

@Suite("Unicode classes")
struct UnicodeClassesTests {
    @Test("every scalar has the class that the reference's pattern engine gives it")
    func everyScalar() throws {
        let classes = try TokenGoldens.load().classes
        let letters = members(of: classes.letter)
        let numbers = members(of: classes.number)
        let spaces = members(of: classes.whiteSpace)
        let digits = members(of: classes.isolatedDigit)
        var wrong: [UInt32] = []
        for value in UInt32(0)..<0x110000 {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let index = Int(value)
            let expected: ScalarClass =
                letters[index] ? .letter : numbers[index] ? .number : spaces[index] ? .whiteSpace : .other
            if UnicodeClasses.patternClass(of: scalar) != expected
                || UnicodeClasses.isIsolatedDigit(scalar) != digits[index]
            {
                wrong.append(value)
            }
        }
        #expect(wrong == [])
        #expect(letters.count(where: { $0 }) > 140_000)
    }

    private func members(of ranges: [[UInt32]]) -> [Bool] {
        var result = [Bool](repeating: false, count: 0x110000)
        for range in ranges {
            for value in range[0]...range[1] { result[Int(value)] = true }
        }
        return result
    }
}
