// What an error answer means: its class, message, code and a hint, for all three APIs.

import Auth0API

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension APIError {
    /// The error that an answer with an error status stands for.
    ///
    /// - Parameters:
    ///   - response: any answer that is not a success.
    ///   - operation: the operation that it answers; decides the names of the error's class and some hints.
    ///   - attempts: requests sent.
    public static func from(response: APIResponse, operation: Operation, attempts: Int) -> APIError {
        var error = from(response: response, api: operation.api, operation: operation.name)
        error.attempts = attempts
        error.hint = hint(for: error, operation) ?? error.hint
        return error
    }

    static func from(response: APIResponse, api: API, operation: String) -> APIError {
        let body = ErrorBody(response)
        var error = APIError(
            .api, name: name(status: response.status, api: api), message: body.message(api), operation: operation,
            status: response.status, code: body.code(api), hint: body.hint, attempts: response.attempts,
            response: response)
        if response.status == 429 || response.status == 503 {
            let now = response.headers["date"].flatMap(HTTPDate.seconds) ?? Date().timeIntervalSince1970
            error.retryAfter = RetryPolicy.retryAfter(response.headers, now: now)
        }
        return error
    }

    private static func name(status: Int, api: API) -> String {
        switch api {
        case .authentication: "AuthApiError"
        case .userinfo: "UserInfoError"
        case .management: managementNames[status] ?? "ManagementError"
        }
    }

    /// The class names of the Management API's errors, by status; other statuses are a `ManagementError`.
    public static let managementNames = [
        400: "BadRequestError", 401: "UnauthorizedError", 402: "PaymentRequiredError", 403: "ForbiddenError",
        404: "NotFoundError", 409: "ConflictError", 410: "GoneError", 412: "PreconditionFailedError",
        413: "ContentTooLargeError", 429: "TooManyRequestsError", 500: "InternalServerError",
        503: "ServiceUnavailableError",
    ]

    private static func hint(for error: APIError, _ operation: Operation) -> String? {
        switch (error.status ?? 0, error.code) {
        case (_, "insufficient_scope"):
            let scopes = operation.scopes.joined(separator: ", ")
            let list = operation.scopes.count > 1 ? "one or more of \(scopes)" : scopes
            return scopes.isEmpty ? nil : "authorize the application for the Management API with the scope \(list)"
        case (_, "mfa_required"):
            return "body.mfa_token of this error goes to mfa.challenge, mfa.verify_otp and their siblings"
        case (_, let code?) where operation.pollErrors.contains(code):
            return "ask again later, or let the call's option poll_interval do it"
        case (_, "invalid_paging"):
            return operation.paging?.capHint ?? "narrow the query so that fewer results match, or use checkpoint paging"
        case (403, _), (404, _), (410, _):
            return operation.hint
        case (401, _) where operation.api == .userinfo:
            return "the token must be an access token of a user, with the scope openid, and not expired"
        case (401, _) where operation.api == .management:
            return "the access token was refused: it may be expired, revoked, or for another tenant or audience"
        case (429, _):
            return "the tenant's rate limit is exhausted; make fewer calls at a time, or allow more retries"
        default:
            return nil
        }
    }
}

/// The fields by which Auth0's APIs describe an error.
private struct ErrorBody {
    private let fields: TextFields
    private let status: Int
    private let text: String
    private let isHTML: Bool

    init(_ response: APIResponse) {
        fields = TextFields(response.body)
        status = response.status
        text = String(decoding: response.body.prefix(4096), as: UTF8.self)
        isHTML = response.headers["content-type"]?.contains("html") ?? false || text.hasPrefix("<")
    }

    func message(_ api: API) -> String {
        let names =
            api == .management
            ? ["message", "error_description", "error"]
            : ["error_description", "description", "message", "error", "code"]
        if let message = names.lazy.compactMap({ fields[$0] }).first(where: { !$0.isEmpty }) { return message }
        if isHTML { return "status \(status) with a page in HTML instead of an answer of the API\(title)" }
        let line = text.prefix { !$0.isNewline }.prefix(200)
        return line.isEmpty ? "status \(status) without a message" : "status \(status): \(line)"
    }

    func code(_ api: API) -> String? {
        api == .management ? fields["errorCode"] : fields["error"] ?? fields["code"]
    }

    var hint: String? {
        guard isHTML else { return nil }
        return "a proxy or gateway may have answered instead of Auth0: check the domain and HTTPS_PROXY"
    }

    private var title: String {
        guard let start = text.firstRange(of: "<title>")?.upperBound,
            let end = text[start...].firstRange(of: "</title>")?.lowerBound
        else { return "" }
        return " ('\(text[start..<end].prefix(100))')"
    }
}
