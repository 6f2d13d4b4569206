// How an error that a script did not catch is shown: where, what, and what to do.

import LuaHost

struct Failure {
    private let error: ScriptError
    private let script: String

    init(_ error: ScriptError, script: String) {
        self.error = error
        self.script = script
    }

    func write(showsTraceback: Bool) {
        // Plain Lua errors carry their position; the others get the line of the call.
        let place = error.kind == nil ? nil : error.position
        StandardError.write("luath: \(place.map { "\($0): " } ?? "")\(error.message)")
        if showsTraceback || error.kind == nil, !error.traceback.isEmpty {
            let lines = error.traceback.split(separator: "\n").filter { !$0.contains("\tluath:") && !$0.hasPrefix("\t[C]: in ?") }
            if lines.count > 2 || showsTraceback { StandardError.write(lines.joined(separator: "\n")) }
        }
    }
}
