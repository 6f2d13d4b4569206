// Server-sent events from the bytes of a stream. Source: the HTML standard, §9.2 "Server-sent events".

/// One event of a stream.
public struct ServerSentEvent: Sendable, Equatable {
    /// What `event:` says; `message` without it.
    public var type: String
    /// The lines of `data:`, joined by line ends.
    public var data: String
    /// The last `id:` of the stream so far; nil when there was none.
    public var id: String?

    public init(type: String, data: String, id: String?) {
        self.type = type
        self.data = data
        self.id = id
    }
}

/// Reads events from bytes that arrive in pieces.
public struct ServerSentEventParser: Sendable {
    /// Longer events are refused.
    public static let maxBytes = 16 << 20
    public struct TooLong: Error {}

    private var line: [UInt8] = []
    private var endedWithReturn = false
    private var isFirst = true
    private var type = ""
    private var data: [UInt8]?
    private var id: String?
    /// How long `retry:` asks to wait before connecting again; nil when it has not.
    public private(set) var retry: Duration?

    public init() {}

    /// The events that end in these bytes.
    /// - Throws: `TooLong` for an event of more than `maxBytes`.
    public mutating func read(_ bytes: [UInt8]) throws(TooLong) -> [ServerSentEvent] {
        var events: [ServerSentEvent] = []
        for byte in bytes {
            // A line ends with CR, LF or both, and the two may come in different pieces.
            if endedWithReturn, byte == UInt8(ascii: "\n") {
                endedWithReturn = false
                continue
            }
            endedWithReturn = byte == UInt8(ascii: "\r")
            if byte == UInt8(ascii: "\n") || endedWithReturn {
                if let event = endLine() { events.append(event) }
            } else {
                line.append(byte)
                if line.count + (data?.count ?? 0) > Self.maxBytes { throw TooLong() }
            }
        }
        return events
    }

    private mutating func endLine() -> ServerSentEvent? {
        var text = line[...]
        if isFirst, text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
        isFirst = false
        defer { line.removeAll(keepingCapacity: true) }
        if text.isEmpty { return dispatch() }
        let colon = text.firstIndex(of: UInt8(ascii: ":"))
        let name = String(decoding: text[..<(colon ?? text.endIndex)], as: UTF8.self)
        var value = colon.map { text[text.index(after: $0)...] } ?? []
        if value.first == UInt8(ascii: " ") { value = value.dropFirst() }
        switch name {
        case "event": type = String(decoding: value, as: UTF8.self)
        case "data":
            if data == nil { data = [] } else { data?.append(UInt8(ascii: "\n")) }
            data?.append(contentsOf: value)
        case "id": if !value.contains(0) { id = String(decoding: value, as: UTF8.self) }
        case "retry":
            if let milliseconds = Int(String(decoding: value, as: UTF8.self)), milliseconds >= 0 {
                retry = .milliseconds(milliseconds)
            }
        default: break
        }
        return nil
    }

    private mutating func dispatch() -> ServerSentEvent? {
        defer {
            type = ""
            data = nil
        }
        guard let data else { return nil }
        return ServerSentEvent(
            type: type.isEmpty ? "message" : type, data: String(decoding: data, as: UTF8.self), id: id)
    }
}
