// Reads the three date formats of HTTP without a formatter, a locale or a calendar.

/// Dates in HTTP headers (RFC 9110 §5.6.7).
enum HTTPDate {
    /// UNIX seconds of `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT` or
    /// `Sun Nov  6 08:49:37 1994`; nil for anything else.
    static func seconds(_ text: String) -> Double? {
        let words = text.split { " ,-".contains($0) }.map(String.init)
        guard words.count >= 5 else { return nil }
        let (dayWord, monthWord, yearWord, timeWord) =
            words[1].first!.isNumber
            ? (words[1], words[2], words[3], words[4]) : (words[2], words[1], words[4], words[3])
        let time = timeWord.split(separator: ":").compactMap { Int($0) }
        guard let day = Int(dayWord), (1...31).contains(day), var year = Int(yearWord), (0...9999).contains(year),
            let month = months.firstIndex(of: monthWord), time.count == 3,
            (0..<24).contains(time[0]), (0..<60).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        if yearWord.count == 2 { year += year < 70 ? 2000 : 1900 }
        return Double(days(year, month + 1, day) * 86_400 + time[0] * 3600 + time[1] * 60 + time[2])
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Days from 1970-01-01 in the Gregorian calendar; years are counted from March so that leap days come last.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
