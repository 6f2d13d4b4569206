// What the tenant says to one request, before it is bytes on a socket; and every error in the words Auth0 uses for it.
import HTTPTypes

/// Status, headers and body of one answer.
struct Answer: Sendable {
    var status: Int
    /// Compact JSON unless `headers` say otherwise; empty is no body.
    var body: [UInt8]
    var headers: HTTPFields = [:]
    /// The dotted name of the operation that answered, for the request log.
    var operation: String?

    init(status: Int, body: [UInt8] = []) {
        self.status = status
        self.body = body
    }
    init(status: Int = 200, _ json: JSON) { self.init(status: status, body: json.bytes) }
}

/// A refusal, in the shape of the Management API or of the Authentication API.
struct Refusal: Error {
    var answer: Answer

    /// `{statusCode, error, message, errorCode}` as the Management API answers.
    init(_ status: Int, _ message: String, code: String? = nil) {
        var body: JSON.Object = [
            "statusCode": .number(String(status)), "error": .string(Refusal.reason(status)),
            "message": .string(message),
        ]
        if let code { body["errorCode"] = .string(code) }
        answer = Answer(status: status, .object(body))
    }

    init(answer: Answer) { self.answer = answer }

    /// `{error, error_description}` as the Authentication API answers, with more members after them.
    static func oauth(
        _ status: Int, _ error: String, _ description: String, more: JSON.Object = [:]
    ) -> Refusal {
        var body: JSON.Object = ["error": .string(error), "error_description": .string(description)]
        for (name, value) in more.members { body[name] = value }
        return Refusal(answer: Answer(status: status, .object(body)))
    }

    static func badBody(_ detail: String) -> Refusal {
        Refusal(400, "Payload validation error: '\(detail)'.", code: "invalid_body")
    }
    static func badQuery(_ detail: String) -> Refusal {
        Refusal(400, "Query validation error: \(detail)", code: "invalid_query_string")
    }
    static func notThereYet(_ operation: String) -> Refusal {
        Refusal(501, "the demo tenant does not have '\(operation)' yet", code: "not_implemented")
    }
    static let unknownPath = Refusal(404, "Not Found")

    private static func reason(_ status: Int) -> String {
        switch status {
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 409: "Conflict"
        case 413: "Payload Too Large"
        case 501: "Not Implemented"
        default: "Internal Server Error"
        }
    }
}
