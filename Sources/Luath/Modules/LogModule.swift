// The module `log`: what a script has to say besides its results, through the host's logger.

import Logging
import LuaHost

/// `log.debug(text, fields)` and its siblings.
struct LogModule: Sendable {
    let logger: Logger

    var module: HostModule {
        HostModule(functions: [
            function("debug", .debug), function("info", .info), function("warn", .warning), function("error", .error),
        ])
    }

    private func function(_ name: String, _ level: Logger.Level) -> HostFunction {
        HostFunction("\(name)") { call in
            guard call.count <= 2 else {
                throw LuaError.argument("log.\(name) takes a text and a table of fields, got \(call.count) arguments")
            }
            guard [.string, .number].contains(call.type(1)) else {
                throw LuaError.argument("log.\(name): argument 1 must be a text, got \(call.type(1).name)")
            }
            guard [.none, .nil, .table].contains(call.type(2)) else {
                throw LuaError.argument("log.\(name): argument 2 must be a table of fields, got \(call.type(2).name)")
            }
            if logger.logLevel <= level {
                logger.log(level: level, "\(call.text(1))", metadata: Self.metadata(call.value(2)))
            }
            return .values(0)
        }
    }

    private static func metadata(_ value: LuaValue) -> Logger.Metadata? {
        switch value {
        case .table(let fields): Logger.Metadata(fields.map { ($0.key, text($0.value)) }) { $1 }
        case .array(let items):
            Logger.Metadata(uniqueKeysWithValues: items.enumerated().map { ("[\($0 + 1)]", text($1)) })
        default: nil
        }
    }

    private static func text(_ value: LuaValue) -> Logger.MetadataValue {
        switch value {
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): .string(value)
        case .bytes(let value): .string(String(decoding: value, as: UTF8.self))
        case .array(let items): .array(items.map(text))
        case .table: .dictionary(metadata(value) ?? [:])
        case .null: "null"
        case .nil, .json, .opaque: .string(value.typeName)
        }
    }
}
