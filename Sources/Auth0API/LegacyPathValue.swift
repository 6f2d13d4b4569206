// Path values that a script has encoded itself, as generation 2 of the SDK let it.

extension PercentEncoding {
    /// A path value before its encoding, for one that generation 2 would have sent as it is; any other value unchanged.
    ///
    /// That generation encoded no value that had only characters of URLs in it, so `auth0%7C123` went out as it was. Taken
    /// as encoded is a value of such characters in which every `%` begins a whole escape and the escapes are UTF-8:
    /// encoding the result gives the same bytes again.
    public static func beforeLegacyEncoding(_ value: String) -> String {
        let bytes = Array(value.utf8)
        guard bytes.contains(UInt8(ascii: "%")), bytes.allSatisfy({ isPlain($0) }) else { return value }
        var decoded: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2])
                else { return value }
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(validating: decoded, as: UTF8.self) ?? value
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        digit(byte) != nil || Character(Unicode.Scalar(byte)).isASCIILetter || "$-_.+!*'(),%".utf8.contains(byte)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        byte < 0x80 ? Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) } : nil
    }
}

extension Character {
    fileprivate var isASCIILetter: Bool { isASCII && isLetter }
}
