// How an error that a script did not catch is shown: where, what, and what to do.

import LuaHost

struct Failure {
    private let error: ScriptError
    private let script: String

    init(_ error: ScriptError, script: String) {
        self.error = error
        self.script = script
    }

    /// `file:line: …`; a script that leaves the position out with `error(text, 0)` has said all that there is to say.
    private var hasPosition: Bool {
        guard error.kind == nil, let end = error.message.firstRange(of: ": ") else { return false }
        let place = error.message[..<end.lowerBound]
        guard let line = place.lastIndex(of: ":").map({ place[$0...].dropFirst() }) else { return false }
        return !line.isEmpty && line.allSatisfy(\.isNumber)
    }

    func write(showsTraceback: Bool) {
        // Plain Lua errors carry their position; the others get the line of the call.
        let place = error.kind == nil || error.kind == "usage" ? nil : error.position
        StandardError.write("luath: \(place.map { "\($0): " } ?? "")\(error.message)")
        if showsTraceback || hasPosition, !error.traceback.isEmpty {
            let lines = error.traceback.split(separator: "\n").filter {
                !$0.contains("\tluath:") && !$0.hasPrefix("\t[C]: in ?")
            }
            if lines.count > 2 || showsTraceback { StandardError.write(lines.joined(separator: "\n")) }
        }
    }
}
