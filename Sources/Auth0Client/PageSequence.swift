// Pages of a list as an AsyncSequence: the next one is on its way while the current one is used.

import Auth0API

/// The pages of a list, asked for one after the other; each loop starts anew.
///
/// One page is fetched ahead. A loop that is left, or whose task is cancelled, ends that request.
public struct PageSequence<Item: Decodable & Sendable>: AsyncSequence, Sendable {
    public typealias Element = Page<Item>
    public typealias Failure = APIError
    let call: ListCall

    public func makeAsyncIterator() -> Iterator { Iterator(call: call) }

    public struct Iterator: AsyncIteratorProtocol {
        private enum Following {
            case first
            case page(PageFetch<Item>)
            case failure(APIError)
            case end
        }
        private let call: ListCall
        private var following = Following.first

        init(call: ListCall) { self.call = call }

        /// - Throws: as `ManagementClient.call`; kind `limit` when Auth0 cuts the list off, after all that it gives.
        public mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(APIError) -> Page<Item>? {
            let fetch: PageFetch<Item>
            switch following {
            case .first: fetch = PageFetch(call, query: nil)
            case .page(let started): fetch = started
            case .failure(let error):
                following = .end
                throw error
            case .end: return nil
            }
            following = .end
            let fetched = try await fetch.value()
            do throws(APIError) {
                if let query = try call.query(after: fetched) {
                    following = .page(PageFetch(call, query: query, loop: fetched.loop))
                }
            } catch {
                following = .failure(error)
            }
            return fetched.page
        }
    }
}

/// One page on its way; when nobody holds it any more, its request ends.
final class PageFetch<Item: Decodable & Sendable>: Sendable {
    private let task: Task<Result<ListCall.Fetched<Item>, APIError>, Never>

    init(_ call: ListCall, query: [QueryValue.Pair]?, loop: PageLoop = PageLoop()) {
        task = Task {
            do throws(APIError) { return .success(try await call.fetch(Item.self, query: query, loop: loop)) } catch {
                return .failure(error)
            }
        }
    }

    deinit { task.cancel() }

    func value() async throws(APIError) -> ListCall.Fetched<Item> {
        try await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }.get()
    }
}
