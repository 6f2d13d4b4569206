// Lists as async sequences: which pages are asked for, when, and how a list that goes wrong ends.

import Auth0API
import Auth0Client
import Synchronization
import Testing

@Suite struct ItemSequenceTests {
    struct Item: Decodable, Equatable {
        var id: Int
        init(_ id: Int) { self.id = id }
    }

    /// A value of a request's query.
    static func value(_ name: String, _ request: APIRequest) -> String? {
        request.url.split(separator: "?").last?.split(separator: "&").first { $0.hasPrefix("\(name)=") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    /// A tenant with that many items under a key, by offset paging.
    static func tenant(_ count: Int, key: String, total: Bool = true) -> RecordingTransport {
        ManagementClientTests.tenant { request, _ in
            let page = Int(value("page", request) ?? "") ?? 0, size = Int(value("per_page", request) ?? "") ?? 50
            let items = (page * size..<max(page * size, min((page + 1) * size, count))).map { #"{"id":\#($0)}"# }
            let list = "[\(items.joined(separator: ","))]"
            return .json(200, total ? #"{"\#(key)":\#(list),"total":\#(count)}"# : list)
        }
    }
    static func pages(_ transport: RecordingTransport) -> [String?] {
        transport.requests.filter { $0.method == "GET" }.map { value("page", $0) }
    }

    @Test(arguments: [0, 1, 99, 100, 101, 250]) func givesEveryItemOnce(count: Int) async throws {
        let transport = Self.tenant(count, key: "clients")
        let client = try ManagementClientTests.client(transport)
        var items: [Item] = []
        for try await item in client.items(of: "clients.list", query: [("app_type", "spa")], as: Item.self) {
            items.append(item)
        }
        #expect(items == (0..<count).map(Item.init))
        #expect(Self.pages(transport).count == max(1, (count + 99) / 100))
        #expect(transport.requests[1].url.contains("app_type=spa"))
        #expect(transport.requests[1].url.contains("include_totals=true"))
    }

    @Test func readsBareListsToo() async throws {
        let transport = Self.tenant(5, key: "clients", total: false)
        let client = try ManagementClientTests.client(transport)
        let items = client.items(
            of: "clients.list", query: [("per_page", "2"), ("include_totals", "false")], as: Item.self)
        #expect(try await items.reduce(into: 0) { count, _ in count += 1 } == 5)
        #expect(Self.pages(transport) == ["0", "1", "2"])
    }

    @Test func readsAListThatIsNotPaged() async throws {
        let transport = ManagementClientTests.tenant { _, _ in .json(200, #"[{"id":1},{"id":2}]"#) }
        let client = try ManagementClientTests.client(transport)
        let pages = client.pages(of: "log_streams.list", as: Item.self)
        var found: [Page<Item>] = []
        for try await page in pages { found.append(page) }
        #expect(found.map(\.items) == [[Item(1), Item(2)]])
        #expect(found[0].response.status == 200)
    }

    @Test func followsCheckpoints() async throws {
        let transport = ManagementClientTests.tenant { request, _ in
            switch Self.value("from", request) {
            case nil: .json(200, #"{"organizations":[{"id":1}],"next":"c1"}"#)
            case "c1": .json(200, #"{"organizations":[{"id":2}],"next":"c2"}"#)
            default: .json(200, #"{"organizations":[{"id":3}]}"#)
            }
        }
        let client = try ManagementClientTests.client(transport)
        var items: [Item] = []
        for try await item in client.items(of: "organizations.list", query: [("take", "1")], as: Item.self) {
            items.append(item)
        }
        #expect(items == [Item(1), Item(2), Item(3)])
        #expect(transport.requests.allSatisfy { $0.method == "POST" || Self.value("take", $0) == "1" })
    }

    @Test func aCursorThatComesTwiceIsAnError() async throws {
        let transport = ManagementClientTests.tenant { _, number in
            .json(200, #"{"organizations":[{"id":\#(number)}],"next":"same"}"#)
        }
        let client = try ManagementClientTests.client(transport)
        var count = 0
        let error = await #expect(throws: APIError.self) {
            for try await _ in client.items(of: "organizations.list", query: [("take", "1")], as: Item.self) {
                count += 1
            }
        }
        #expect(error?.kind == .limit)
        #expect(error?.message.contains("'same'") == true)
        #expect(count == 2)
    }

    @Test func aListThatAuth0CutsOffEndsWithAnErrorAfterItsItems() async throws {
        let transport = Self.tenant(2500, key: "users")
        let client = try ManagementClientTests.client(transport)
        var count = 0
        let error = await #expect(throws: APIError.self) {
            for try await _ in client.items(of: "users.list", as: Item.self) { count += 1 }
        }
        #expect(count == 1000)
        #expect(error?.name == "LimitError")
        #expect(error?.operation == "users.list")
        #expect(error?.hint?.contains("all_users") == true)
        #expect(Self.pages(transport).count == 10)
    }

    @Test func fetchesOnePageAheadAndNoMore() async throws {
        let transport = Self.tenant(1000, key: "clients")
        let client = try ManagementClientTests.client(transport)
        var iterator = client.items(of: "clients.list", as: Item.self).makeAsyncIterator()
        #expect(Self.pages(transport) == [])
        #expect(try await iterator.next() == Item(0))
        while Self.pages(transport).count < 2 { await Task.yield() }
        for _ in 1..<100 { _ = try await iterator.next() }
        #expect(Self.pages(transport) == ["0", "1"])
        #expect(try await iterator.next() == Item(100))
        while Self.pages(transport).count < 3 { await Task.yield() }
        #expect(Self.pages(transport) == ["0", "1", "2"])
    }

    /// A tenant whose pages after the first never come, and who tells when the wait for one ends.
    static func stalling() -> (RecordingTransport, @Sendable () -> Bool) {
        final class Ended: Sendable { let flag = Mutex(false) }
        let ended = Ended()
        let transport = ManagementClientTests.tenant { request, _ throws(APIError) in
            if value("page", request) == "0" { return .json(200, #"{"clients":[{"id":0}],"total":500}"#) }
            while !Task.isCancelled { await Task.yield() }
            ended.flag.withLock { $0 = true }
            throw APIError(.cancelled, name: "CancelledError", message: "the call was cancelled")
        }
        return (transport, { ended.flag.withLock { $0 } })
    }

    @Test func aLoopThatIsLeftEndsTheRequestAhead() async throws {
        let (transport, hasEnded) = Self.stalling()
        let client = try ManagementClientTests.client(transport)
        for try await item in client.items(of: "clients.list", as: Item.self) {
            #expect(item == Item(0))
            while Self.pages(transport).count < 2 { await Task.yield() }
            break
        }
        while !hasEnded() { await Task.yield() }
    }

    @Test func aCancelledTaskEndsTheLoop() async throws {
        let (transport, hasEnded) = Self.stalling()
        let client = try ManagementClientTests.client(transport)
        let task = Task {
            for try await _ in client.items(of: "clients.list", as: Item.self) {}
        }
        while Self.pages(transport).count < 2 { await Task.yield() }
        task.cancel()
        let error = await #expect(throws: APIError.self) { try await task.value }
        #expect(error?.kind == .cancelled)
        #expect(hasEnded())
    }

    @Test func anErrorOfAPageEndsTheLoopOnce() async throws {
        let transport = ManagementClientTests.tenant { request, _ in
            Self.value("page", request) == "0"
                ? .json(200, #"{"clients":[{"id":0}],"total":500}"#) : .json(403, #"{"message":"no"}"#)
        }
        let client = try ManagementClientTests.client(transport)
        var iterator = client.items(of: "clients.list", as: Item.self).makeAsyncIterator()
        #expect(try await iterator.next() == Item(0))
        let error = await #expect(throws: APIError.self) { try await iterator.next() }
        #expect(error?.name == "ForbiddenError")
        #expect(try await iterator.next() == nil)
    }

    @Test func namesTheItemThatDoesNotFit() async throws {
        let transport = ManagementClientTests.tenant { _, _ in .json(200, #"{"clients":[{"id":0},{"id":"x"}]}"#) }
        let client = try ManagementClientTests.client(transport)
        var pages = client.pages(of: "clients.list", as: Item.self).makeAsyncIterator()
        let error = await #expect(throws: APIError.self) { try await pages.next() }
        #expect(error?.message.hasSuffix("'clients[1].id' is not Int") == true)
        #expect(error?.kind == .parse)
    }

    @Test(arguments: [("clients.lst", [String](), "clients.list"), ("clients.get", ["a"], "gives no list")])
    func refusesWhatIsNoListBeforeAnythingIsSent(name: String, path: [String], words: String) async throws {
        let transport = Self.tenant(1, key: "clients")
        let client = try ManagementClientTests.client(transport)
        var items = client.items(of: name, path: path, as: Item.self).makeAsyncIterator()
        let error = await #expect(throws: APIError.self) { try await items.next() }
        #expect(error?.kind == .argument)
        #expect("\(error!)".contains(words))
        #expect(transport.requests.isEmpty)
    }
}
