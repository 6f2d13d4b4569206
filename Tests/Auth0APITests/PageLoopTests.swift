// Lists that go round in circles are noticed, and lists that do not are left alone.

import Auth0API
import Testing

@Suite struct PageLoopTests {
    @Test(arguments: [(0, 1), (0, 7), (5, 3), (100, 64), (3, 1000)])
    func noticesCirclesOfEveryLength(lead: Int, circle: Int) {
        var loop = PageLoop()
        var steps = 0
        while steps < 10_000, !loop.repeats(cursor: "\(steps < lead ? steps : lead + (steps - lead) % circle)") {
            steps += 1
        }
        #expect(steps <= 3 * (lead + circle) + 3)
    }

    @Test func leavesAListWithoutACircleAlone() {
        var loop = PageLoop()
        #expect(!(0..<5_000).contains { loop.repeats(cursor: "\($0)") })
    }

    @Test func noticesThePageBeforeAndNoOther() {
        var loop = PageLoop()
        func repeats(_ text: String, count: Int = 1, _ query: [QueryValue.Pair] = []) -> Bool {
            loop.repeats(page: Array(text.utf8), of: query, count: count)
        }
        #expect(["a", "b", "a", "a"].map { repeats($0) } == [false, false, false, true])
        #expect(!repeats("a", count: 0))
        #expect(!repeats("a", [.init("fields", .string("name"))]))
    }
}
