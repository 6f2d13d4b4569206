// The module `log`: what reaches the host's logger, and what `luath run` makes of it.

import Logging
import LuaHost
import Luath
import Synchronization
import Testing

@Suite struct LogModuleTests {
    private final class Recorder: Sendable {
        let lines = Mutex<[String]>([])
        func logger(_ level: Logger.Level) -> Logger {
            Logger(label: "test") { _ in Handler(lines: self, logLevel: level) }
        }
        struct Handler: LogHandler {
            let lines: Recorder
            var logLevel: Logger.Level
            var metadata = Logger.Metadata()
            subscript(metadataKey key: String) -> Logger.MetadataValue? {
                get { metadata[key] }
                set { metadata[key] = newValue }
            }
            func log(event: LogEvent) {
                let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
                lines.lines.withLock {
                    $0.append((["\(event.level)", "\(event.message)"] + fields).joined(separator: " "))
                }
            }
        }
    }

    private func logged(_ code: String, level: Logger.Level = .trace) async throws -> [String] {
        let recorder = Recorder()
        var host = ScriptHost()
        host.logger = recorder.logger(level)
        try await host.run(Script("local log = require 'log' " + code))
        return recorder.lines.withLock { $0 }
    }

    @Test(arguments: [
        ("log.debug('a') log.info('b') log.warn('c') log.error('d')", ["debug a", "info b", "warning c", "error d"]),
        ("log.info('done', { id = 'x', n = 3, f = 0.5, ok = true })", ["info done f=0.5 id=x n=3 ok=true"]),
        ("log.info(12, { a = { 1, 'b' }, c = { d = print } })", [#"info 12 a=["1", "b"] c=["d": "function"]"#]),
        ("log.info('x', nil) log.info('y', {}) log.info('z', { 'p' })", ["info x", "info y", "info z [1]=p"]),
    ]) func textAndFieldsReachTheLogger(code: String, lines: [String]) async throws {
        #expect(try await logged(code) == lines)
    }

    @Test func theHostDecidesHowMuch() async throws {
        #expect(try await logged("log.debug('a') log.info('b') log.warn('c')", level: .warning) == ["warning c"])
    }

    @Test(arguments: [
        ("log.info()", "log.info: argument 1 must be a text, got nothing"),
        ("log.warn({})", "log.warn: argument 1 must be a text, got table"),
        ("log.error('x', 'y')", "log.error: argument 2 must be a table of fields, got string"),
        ("log.debug('x', {}, 1)", "log.debug takes a text and a table of fields, got 3 arguments"),
    ]) func wrongArgumentsAreErrors(call: String, message: String) async throws {
        let error = await #expect(throws: ScriptError.self) { try await logged(call) }
        #expect(error?.message == "InvalidArgumentError: \(message)")
    }

    @Test func theCommandLogsToStandardError() async throws {
        let code =
            #"local log = require "log" log.info("two\nlines\27[2J", { id = "x" }) log.debug("no") print("result")"#
        let result = try await Command.luath("run", "-e", code)
        #expect(result.output == "result\n")
        #expect(result.errors == "luath: info: two\\nlines\\u{1b}[2J (id=x)\n")
        #expect(try await Command.luath("run", "--log-level", "error", "-e", code).errors == "")
        #expect(
            try await Command.luath("run", "--log-level", "debug", "-e", code).errors.contains("luath: debug: no\n"))
    }
}
