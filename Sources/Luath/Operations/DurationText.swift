// Durations as people write them: seconds, or a number with a unit.

extension Duration {
    /// At most 1e9 seconds: `5`, `0.5`, `"90s"`, `"5m"`, `"1h"`; nil for anything else, and for less than nothing.
    public init?(text: String) {
        var digits = text[...]
        var factor = 1.0
        if let unit = text.last, let scale = ["s": 1.0, "m": 60, "h": 3600][unit] {
            digits.removeLast()
            factor = scale
        }
        if digits.hasSuffix("m"), factor == 1 {
            digits.removeLast()
            factor = 0.001
        }
        guard let number = Double(String(digits)), number.isFinite, number >= 0, number * factor < 1e9 else {
            return nil
        }
        self = .seconds(number * factor)
    }
}
