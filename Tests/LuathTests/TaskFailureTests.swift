// What a run says of a task that failed: the error, where it came up, and where the task was started.

import Testing

@Suite struct TaskFailureTests {
    @Test(arguments: [
        (
            "local t = require 'tasks'\nt.spawn(function()\nerror('no')\nend)", 1,
            ["(command line):3: no", "spawned at (command line):2"]
        ),
        // Through two scopes, the way back is told from the inside out.
        (
            "local t = require 'tasks'\nt.scope(function(s)\ns:spawn(function() error('no') end)\nend)", 1,
            ["(command line):3: no", "spawned at (command line):3", "spawned at (command line):2"]
        ),
        // Awaited and not caught: where it came up, not where it was awaited.
        (
            "local t = require 'tasks'\nlocal x = t.spawn(function()\nerror('no')\nend)\nx:await()", 1,
            ["(command line):3: no", "(command line):3: in function", "spawned at (command line):2"]
        ),
        (
            "local t = require 'tasks'\n\nt.timeout(0.01, t.sleep, 60)", 4,
            ["(command line):3: TimeoutError: tasks.timeout: the function did not end within 0.01 seconds"]
        ),
        // The first failure that nobody awaited; a task that was only cancelled is none.
        (
            """
            local t = require 'tasks'
            t.spawn(t.sleep, 60):cancel()
            local x = t.spawn(error, 'caught')
            t.spawn(error, 'first')
            t.spawn(error, 'second')
            pcall(x.await, x)
            """, 1, ["luath: first"]
        ),
        ("local t = require 'tasks'\nt.spawn(t.sleep, 60):cancel()\nt.spawn(print, 1)", 0, []),
    ])
    func isTold(script: String, status: Int32, parts: [String]) async throws {
        let result = try await Command.luath("run", "-e", script)
        #expect(result.status == status, "\(result.errors)")
        var rest = result.errors[...]
        for part in parts {
            guard let found = rest.firstRange(of: part) else {
                Issue.record("'\(part)' is not next in \(result.errors)")
                return
            }
            rest = rest[found.upperBound...]
        }
        if parts.isEmpty { #expect(result.errors.isEmpty) }
    }
}
