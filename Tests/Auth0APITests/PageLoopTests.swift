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
        #expect(["a", "b", "a", "a"].map { loop.repeats(page: Array($0.utf8)) } == [false, false, false, true])
    }
}
