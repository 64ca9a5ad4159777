import Runner
import Training

/// Shows a run on standard error: one line kept up to date at a terminal, plain lines at intervals elsewhere.
final class TerminalProgress: RunObserver {
    private let isTerminal: Bool
    private let clock = ContinuousClock()
    private var lastPlainLine: ContinuousClock.Instant?
    private var trial = ""
    private var lineIsOpen = false

    /// A display for standard error.
    init(isTerminal: Bool = StandardError.isTerminal) {
        self.isTerminal = isTerminal
    }

    func noticed(_ notice: RunNotice, secondsLeft: Double?) {
        switch notice {
        case .trialStarted(let number, let total, let label, let completed, let repeated, let steps):
            trial = "trial \(number) of \(total) · \(label)"
            let resumed =
                completed > 0
                ? ", going on after step \(completed) of \(steps)"
                : repeated > 0 ? ", again from its beginning and held against \(repeated) stored steps" : ""
            say("\(trial)\(resumed)")
        case .step(let step, let total, let loss, let secondsPerStep):
            let pace = secondsPerStep > 0 ? Quantity.fixed(1 / secondsPerStep, digits: 2) : "-"
            update(
                "\(trial) · step \(step)/\(total) · loss \(Quantity.fixed(Double(loss), digits: 4)) · \(pace) steps/s",
                secondsLeft: secondsLeft)
        case .evaluation(let record):
            say(
                "  after step \(record.step): \(record.split.rawValue) loss \(Quantity.fixed(record.loss, digits: 4)), "
                    + "\(record.metric) \(Quantity.fixed(100 * record.value, digits: 1))% "
                    + "of \(record.predictions.count) examples")
        case .trialEnded(_, _, let label, let failure):
            if let failure { say("  \(label) failed: \(failure.message)") }
        case .round(let number, let total, let label, let secondsPerStep):
            update(
                "timing \(number) of \(total) · \(label) · \(Quantity.fixed(secondsPerStep, digits: 3)) s a step",
                secondsLeft: secondsLeft)
        case .roundFailed(_, _, let label, let failure):
            say("  \(label) failed: \(failure.message)")
        }
    }

    /// Ends the line kept up to date, so that what follows starts on its own line.
    func finish() {
        guard lineIsOpen else { return }
        StandardError.write("\r\u{1B}[2K")
        lineIsOpen = false
    }

    private func say(_ line: String) {
        finish()
        StandardError.write(line + "\n")
    }

    private func update(_ line: String, secondsLeft: Double?) {
        // In front, since a line that is too long for the terminal loses its end.
        let full = secondsLeft.map { "\(Quantity.duration($0)) left · \(line)" } ?? line
        if isTerminal {
            StandardError.write("\r\u{1B}[2K\(full.prefix(max(20, StandardError.width - 1)))")
            lineIsOpen = true
            return
        }
        // A log wants to be read: at most one line in ten seconds.
        if let last = lastPlainLine, clock.now - last < .seconds(10) { return }
        lastPlainLine = clock.now
        StandardError.write(full + "\n")
    }
}
