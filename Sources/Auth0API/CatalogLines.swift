// Finds one line among many sorted ones without decoding the others.

import CCatalog

/// One embedded file of JSON lines, each beginning `{"name":"…"`, sorted bytewise by name.
struct CatalogLines {
    private let bytes: UnsafeBufferPointer<UInt8>
    /// Where each line begins, and where the last one ends.
    private let starts: [Int]
    private static let opening = #"{"name":""#.utf8.count

    /// Finds the line ends, in one scan at the speed of memory.
    init(_ start: UnsafePointer<UInt8>, count: Int) {
        bytes = UnsafeBufferPointer(start: start, count: count)
        var starts = [0]
        while let last = starts.last, last < count,
            let end = memchr(start + last, Int32(UInt8(ascii: "\n")), count - last)
        {
            starts.append(UnsafeRawPointer(end) - UnsafeRawPointer(start) + 1)
        }
        self.starts = starts
    }

    var count: Int { starts.count - 1 }

    /// The line without its newline.
    func line(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[starts[index]..<starts[index + 1] - 1])
    }

    private func nameBytes(_ index: Int) -> Slice<UnsafeBufferPointer<UInt8>> {
        let rest = bytes[(starts[index] + Self.opening)...]
        return rest.prefix { $0 != UInt8(ascii: "\"") }
    }

    func name(_ index: Int) -> String { String(decoding: nameBytes(index), as: UTF8.self) }

    /// Name, verb and path of an operation's line: its first three values, and texts that need no unescaping.
    func place(_ index: Int) -> (name: String, verb: String, path: String) {
        let texts = line(index).split(separator: UInt8(ascii: "\""), maxSplits: 12, omittingEmptySubsequences: false)
        func text(_ position: Int) -> String { String(decoding: texts[position], as: UTF8.self) }
        return (text(3), text(7), text(11))
    }

    /// The first line whose name is not less than `name`.
    private func lowerBound(_ name: String.UTF8View) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if nameBytes(middle).lexicographicallyPrecedes(name) { low = middle + 1 } else { high = middle }
        }
        return low
    }

    func find(_ name: String) -> Int? {
        let index = lowerBound(name.utf8)
        return index < count && nameBytes(index).elementsEqual(name.utf8) ? index : nil
    }

    func hasName(startingWith prefix: String) -> Bool {
        let index = lowerBound(prefix.utf8)
        return index < count && nameBytes(index).starts(with: prefix.utf8)
    }
}
