// Finds the name that someone meant.

/// Distances between names, and the nearest of many.
public enum Spelling {
    /// Edits that turn one text into the other: insert, delete, replace, or swap two neighbours (optimal string
    /// alignment, the restricted form of Damerau and Levenshtein).
    /// - Returns: `limit + 1` as soon as the distance is known to be more than `limit`.
    public static func distance(_ left: String, _ right: String, limit: Int = .max - 1) -> Int {
        let a = Array(left.utf8)
        let b = Array(right.utf8)
        if abs(a.count - b.count) > limit { return limit + 1 }
        if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
        var beforeLast = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in 1...b.count {
                let same = a[i - 1] == b[j - 1]
                row[j] = min(row[j - 1] + 1, last[j] + 1, last[j - 1] + (same ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            if row.min()! > limit { return limit + 1 }
            beforeLast = last
            last = row
        }
        return min(last[b.count], limit + 1)
    }

    /// Edits that still count as a slip in a name of that length: one in short names, a third of the length at most.
    public static func tolerance(for name: String) -> Int { max(1, min(name.utf8.count / 3, 6)) }

    /// The candidates that may have been meant, nearest first; among equals in the order given.
    public static func nearest(to name: String, among candidates: some Sequence<String>, limit: Int = 3) -> [String] {
        let wanted = snakeCased(name)
        let most = tolerance(for: wanted)
        let scored = candidates.enumerated().compactMap { order, candidate -> (Int, Int, String)? in
            let distance = distance(wanted, snakeCased(candidate), limit: most)
            return distance <= most ? (distance, order, candidate) : nil
        }
        return scored.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.prefix(limit).map(\.2)
    }

    /// `sendSMS` becomes `send_sms`: an underscore before a capital that follows a lowercase letter or digit.
    public static func snakeCased(_ name: String) -> String {
        var result = ""
        var previous: Character?
        for character in name {
            if character.isUppercase, let previous, previous.isLowercase || previous.isNumber { result.append("_") }
            result += character.lowercased()
            previous = character
        }
        return result
    }
}
