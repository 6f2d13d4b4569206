// The request of an operation that takes a file, as the parts of a form.

import Auth0API
import LuaHost

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension OperationArguments {
    /// The fields of the request as parts.
    ///
    /// A field that takes a file is a list or table (sent as JSON), JSON text, or the path of a file that the run may
    /// read; the file is read while it is sent.
    /// - Throws: `PermissionError` for a file that may not be read, `FileError` for one that is not there.
    func upload(_ files: FileAccess) throws -> Multipart {
        let fields = Dictionary((operation.body?.fields ?? []).map { ($0.name, $0) }) { first, _ in first }
        var parts: [(name: String, content: Multipart.Content)] = []
        for (name, value) in requestFields() {
            if fields[name]?.type == .file {
                parts.append((name, try file(name, value, files)))
                continue
            }
            switch value {
            case .nil, .null: break
            case .string(let text): parts.append((name, .text(text)))
            case .integer(let number): parts.append((name, .text(String(number))))
            case .number(let number): parts.append((name, .text("\(number)")))
            case .boolean(let flag): parts.append((name, .text(flag ? "true" : "false")))
            case .opaque: throw operation.invalidArgument("'\(name)' cannot be a \(value.typeName)")
            default: parts.append((name, .text(String(decoding: try json(ofField: name), as: UTF8.self))))
            }
        }
        return Multipart(parts)
    }

    private func wrong(_ name: String, _ problem: String) -> APIError {
        operation.invalidArgument(
            "'\(name)' must be a path, a list, or JSON text: \(problem)",
            hint: "a path needs --allow-read; a list is sent as JSON")
    }

    private func file(_ name: String, _ value: LuaValue, _ files: FileAccess) throws -> Multipart.Content {
        let type = "application/json"
        guard let text = value.string else {
            let items = value.array, isEmpty = items?.isEmpty == true
            guard items != nil else { throw wrong(name, "got a \(value.typeName)") }
            return .bytes(
                isEmpty ? Array("[]".utf8) : try json(ofField: name), fileName: "\(name).json", type: type)
        }
        if text.isEmpty || text.utf8.contains(0) { throw wrong(name, "got an empty text or one with a zero byte") }
        let start = text.utf8.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
        if start == UInt8(ascii: "[") || start == UInt8(ascii: "{") {
            return .bytes(Array(text.utf8), fileName: "\(name).json", type: type)
        }
        // Opened now and not again, so that what is sent is what was permitted.
        let (file, bytes) = try files.open(text)
        let fileName = text.split(separator: "/").last.map(String.init) ?? "\(name).json"
        return .file(
            Multipart.File(path: text, bytes: bytes) { fcntl(file.descriptor, F_DUPFD_CLOEXEC, 0) }, fileName: fileName,
            type: type)
    }
}
