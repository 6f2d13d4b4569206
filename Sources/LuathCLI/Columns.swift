// Text for a terminal: no line is longer than its reader's window.

enum Columns {
    /// Lines are no longer, unless one word is.
    static let most = 100

    /// `head` and the text, with line breaks between words; lines after the first are indented.
    static func wrap(_ head: String, _ text: String, indent: Int) -> String {
        wrap(head, words: text.split(separator: " ").map(String.init), indent: indent)
    }

    static func wrap(_ head: String, words: [String], indent: Int) -> String {
        var lines = [head], column = head.count - (head.hasPrefix("\n") ? 1 : 0), isStart = true
        for word in words {
            if !isStart, column + 1 + word.count > most {
                lines.append(String(repeating: " ", count: indent))
                column = indent
                isStart = true
            }
            lines[lines.count - 1] += (isStart ? "" : " ") + word
            column += (isStart ? 0 : 1) + word.count
            isStart = false
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
