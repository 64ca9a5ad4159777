/// Plain text as LaTeX sets it, with pdfTeX and without packages beyond `T1` encoding.
enum LaTeXText {
    /// The text with what LaTeX would read as commands made plain; characters that T1 fonts lack are written as
    /// `[U+4E2D]`, so that every text compiles.
    static func escaped(_ text: String) -> String {
        DisplayText.singleLine(text).unicodeScalars
            .split(omittingEmptySubsequences: false, whereSeparator: { $0 == " " })
            .map { word(Array($0)) }.joined(separator: " ")
    }

    /// A cell of figures: a sign before a digit is set as a sign, not as a hyphen.
    static func figure(_ text: String) -> String {
        let line = DisplayText.singleLine(text)
        guard let sign = line.first, "+-".contains(sign), line.dropFirst().first?.isNumber ?? false else {
            return escaped(line)
        }
        return "$\(sign)$" + escaped(String(line.dropFirst()))
    }

    /// How many characters a word may have before LaTeX is told where else it may break it, such as a digest.
    private static let longestWord = 30
    private static let breakEvery = 8

    /// A word by its Unicode scalars, as LaTeX reads it: a combining mark beside a character does not hide it.
    private static func word(_ word: [Unicode.Scalar]) -> String {
        let mayBreak = word.count > longestWord
        var before: Unicode.Scalar?
        return word.enumerated().map { index, scalar in
            let breaking = mayBreak && index > 0 && index.isMultiple(of: breakEvery) ? "\\allowbreak{}" : ""
            // Two hyphens would become a dash, two apostrophes a quotation mark.
            let parting = scalar == before && (scalar == "-" || scalar == "'") ? "{}" : ""
            before = scalar
            return breaking + parting + plain(scalar)
        }.joined()
    }

    private static func plain(_ scalar: Unicode.Scalar) -> String {
        if let known = commands[scalar] { return known }
        return scalar.isASCII || isInT1(scalar)
            ? String(scalar) : "{[}U+\(String(scalar.value, radix: 16, uppercase: true)){]}"
    }

    /// Latin letters of western and central Europe that LaTeX's T1 encoding defines.
    private static func isInT1(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x107, 0x10C...0x111, 0x118...0x11B, 0x11E...0x11F,
            0x130...0x131, 0x139...0x13A, 0x13D...0x13E, 0x141...0x144, 0x147...0x148, 0x14A...0x14B,
            0x150...0x155, 0x158...0x15B, 0x15E...0x165, 0x16E...0x171, 0x178...0x17E:
            true
        default: false
        }
    }

    /// Characters that mean something to LaTeX, or that it has a command for.
    private static let commands: [Unicode.Scalar: String] = [
        "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%",
        "_": "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "<": "\\textless{}",
        ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "\\textquotedbl{}", "`": "\\textasciigrave{}",
        // A bracket or asterisk would be an argument of the line's end before it.
        "[": "{[}", "]": "{]}", "*": "{*}",
        "–": "--", "—": "---", "\u{2212}": "$-$", "±": "$\\pm$", "×": "$\\times$", "·": "$\\cdot$",
        "÷": "$\\div$", "≤": "$\\leq$", "≥": "$\\geq$", "≈": "$\\approx$", "≠": "$\\neq$", "∞": "$\\infty$",
        "→": "$\\rightarrow$", "←": "$\\leftarrow$", "√": "$\\surd$", "…": "\\dots{}", "°": "$^\\circ$",
        "“": "``", "”": "''", "‘": "`", "’": "'", "\u{A0}": "~", "µ": "$\\mu$",
        "α": "$\\alpha$", "β": "$\\beta$", "γ": "$\\gamma$", "δ": "$\\delta$", "ε": "$\\varepsilon$",
        "ζ": "$\\zeta$", "η": "$\\eta$", "θ": "$\\theta$", "κ": "$\\kappa$", "λ": "$\\lambda$",
        "μ": "$\\mu$", "ν": "$\\nu$", "ξ": "$\\xi$", "π": "$\\pi$", "ρ": "$\\rho$", "σ": "$\\sigma$",
        "τ": "$\\tau$", "φ": "$\\varphi$", "χ": "$\\chi$", "ψ": "$\\psi$", "ω": "$\\omega$",
        "Δ": "$\\Delta$", "Θ": "$\\Theta$", "Λ": "$\\Lambda$", "Σ": "$\\Sigma$", "Φ": "$\\Phi$",
        "Ω": "$\\Omega$",
    ]
}
