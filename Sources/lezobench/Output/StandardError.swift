import Glibc
import Runner

/// Text for a person, beside the results on standard output.
enum StandardError {
    /// Writes a text as far as that goes.
    static func write(_ text: String) {
        // Nobody may be left to read what is only said to people; the work goes on.
        try? DescriptorOutput.write(Array(text.utf8), to: STDERR_FILENO)
    }

    /// Whether a person watches.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Columns of the terminal, 80 when there is none.
    static var width: Int { TerminalWidth.ofDescriptor(STDERR_FILENO) ?? 80 }
}

/// The width of a terminal.
enum TerminalWidth {
    /// Columns of the terminal behind a descriptor, nil when there is none or it does not say.
    static func ofDescriptor(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }
}
