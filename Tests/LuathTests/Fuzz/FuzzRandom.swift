// Random choices that come out the same for the same seed, so that every failure can be seen again.

/// SplitMix64.
struct FuzzRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
    mutating func below(_ count: Int) -> Int { Int.random(in: 0..<max(1, count), using: &self) }
    mutating func pick<Element>(_ items: [Element]) -> Element { items[below(items.count)] }
    mutating func list<Element>(upTo count: Int, _ item: (inout FuzzRandom) -> Element) -> [Element] {
        (0..<below(count + 1)).map { _ in item(&self) }
    }

    mutating func integer() -> Int64 {
        switch below(4) {
        case 0: pick([0, 1, -1, .max, .min, 1 << 53, 1 << 31, -(1 << 31), 255, 256])
        case 1: Int64(truncatingIfNeeded: next())
        default: Int64.random(in: -10...100, using: &self)
        }
    }
    mutating func number() -> Double {
        switch below(4) {
        case 0:
            pick([
                0, -0.0, 1e308, -1e308, .leastNonzeroMagnitude, 0.1, 1e15 + 0.5, 9_007_199_254_740_994, .infinity,
                -.infinity,
            ])
        case 1: Double(bitPattern: next())
        default: Double.random(in: -10...100, using: &self)
        }
    }
    mutating func text() -> String {
        switch below(5) {
        case 0:
            pick([
                "", " ", "\u{0}", "null", "..", "../x", "a/b?c#d", "%00", "é", "🦊", "\u{FFFF}", "'\"\\\n\r\t", "%s%n",
            ])
        case 1: String(repeating: pick(["x", "é", "\u{1}", "\""]), count: below(300))
        default:
            String(
                String.UnicodeScalarView(
                    list(upTo: 12) { random in
                        Unicode.Scalar(UInt32(random.below(random.chance(80) ? 128 : 0x2_0000))) ?? "?"
                    }))
        }
    }
    mutating func bytes() -> [UInt8] { list(upTo: 12) { UInt8(truncatingIfNeeded: $0.next()) } }
}
