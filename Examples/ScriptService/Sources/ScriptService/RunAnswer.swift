// What a client gets: what the script printed and returned, or why it did not end well.

import Foundation
import Hummingbird
import LuaHost
import NIOCore

struct RunAnswer: Encodable {
    struct Failure: Encodable {
        /// The broad cause: `script`, `api`, `permission`, `limit`, ...
        var kind: String
        var message: String
        /// `posted:3`, where a line of the script shows.
        var position: String?
    }
    var output = ""
    var result: [LuaValue]?
    var error: Failure?

    static func refused(_ message: String) -> RunAnswer {
        RunAnswer(error: Failure(kind: "service", message: message))
    }

    func response(_ status: HTTPResponse.Status, retryAfter: Int? = nil) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(self) else {
            // Functions, NaN and the like.
            let failure = Failure(kind: "script", message: "the script returned what JSON cannot say")
            return RunAnswer(output: output, error: failure).response(.unprocessableContent)
        }
        // A connection that was watched for its end is not used again.
        var headers: HTTPFields = [.contentType: "application/json", .connection: "close"]
        if let retryAfter { headers[.retryAfter] = "\(retryAfter)" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: body)))
    }
}
