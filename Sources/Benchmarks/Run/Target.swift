import Reports

/// A figure against what was asked of it.
enum Target {
    /// `>= 35.0, met`, or that it was not; a dash where nothing is asked.
    static func atLeast(_ target: Double?, found: Double?, figure: (Double?) -> String) -> String {
        guard let target, let found else { return Figures.none }
        return ">= \(figure(target)), \(found >= target ? "met" : "missed")"
    }

    /// `< 15.0, met`, or that it was not.
    static func below(_ target: Double, found: Double, figure: (Double?) -> String) -> String {
        "< \(figure(target)), \(found < target ? "met" : "missed")"
    }
}
