// The cases of one operation: with everything, with the least, with empty tables, with nothing, and of each kind of body.

import Auth0API

extension OperationCase {
    /// - Parameter origin: where the tenant is.
    static func all(of operation: Auth0API.Operation, origin: String) -> [OperationCase] {
        func path(_ text: (Int) -> String) -> [String] {
            operation.pathParameters.enumerated().map { $1.values?.first ?? text($0) }
        }
        let odd = path { "auth0|a b/c?d%&=+$,;:@#é世'()*!~-_.\($0)" }
        let plain = path { "id-\($0)" }
        func make(
            _ kind: String, path: [String], request: Value?, headers: [String: String] = [:]
        ) -> OperationCase {
            OperationCase(operation, kind, path: path, request: request, headers: headers, origin: origin)
        }
        let headers = ["x-request-id": "id \"1\"; a,b", "user-agent": "cases"]
        var cases = [
            make("full", path: odd, request: request(operation, .full)),
            make("required", path: plain, request: request(operation, .required), headers: headers),
        ]
        if hasEmptyTables(operation) {
            cases.append(make("bare", path: path { "\($0 + 42)" }, request: request(operation, .bare)))
        }
        if operation.takesRequest, operation.requestIsOptional {
            cases.append(make("left out", path: plain, request: nil))
            cases.append(make("left out, with options", path: plain, request: nil, headers: headers))
        }
        if operation.body?.type == .union {
            for (number, alternative) in (operation.body?.anyOf ?? []).enumerated() {
                let value = Samples(fill: .full).value(of: TypeName(alternative), "body", 0)
                cases.append(make("alternative \(number)", path: plain, request: value))
            }
        }
        if operation.body?.encoding == .multipart {
            cases.append(
                make(
                    "text", path: plain,
                    request: ["connection_id": "con_1", "users": .string(#"[{"email":"a@example.com"}]"#)]))
        }
        return cases
    }

    private static func request(_ operation: Auth0API.Operation, _ fill: Samples.Fill) -> Value? {
        guard operation.takesRequest else { return nil }
        let samples = Samples(fill: fill)
        var fields = samples.values(operation.query)
        let isOpen = operation.body == nil ? operation.hasOpenQuery : operation.body?.isOpen ?? false
        if fill == .full, isOpen {
            // A form and a URL are flat.
            let isNested = operation.body?.encoding != .form && !operation.buildsURL
            fields["more & more"] = isNested ? ["a b": ["c", "d"], "e": .number(3)] : .string(Samples.text("more"))
        }
        guard let body = operation.body else { return .object(fields) }
        let element = (body.items ?? body.ref).map { TypeName($0) } ?? .primitive("any")
        switch body.type {
        case .array: return fill == .bare ? [] : samples.value(of: .array(element), "body", 0)
        case .map: return fill == .bare ? [:] : samples.value(of: .map(element), "body", 0)
        case .union: return samples.value(of: .union((body.anyOf ?? []).map { TypeName($0) }), "body", 0)
        default: return .object(fields.merging(samples.values(body.fields)) { $1 })
        }
    }

    private static func hasEmptyTables(_ operation: Auth0API.Operation) -> Bool {
        guard let body = operation.body, body.encoding == .json else { return false }
        return [.array, .map].contains(body.type)
            || body.fields.contains { [.array, .map, .object].contains($0.type) || $0.isNullable }
    }

    /// What the server answers: of the kind that the operation promises, and another one for each case.
    func answer(_ number: Int) -> String {
        let status = operation.successStatus.first ?? 200
        let (type, body): (String, String) =
            switch operation.response {
            case _ where operation.isEventStream: ("text/event-stream", "id: 1\ndata: {\"case\":\(number)}\n\n")
            case nil: ("", "")
            case "text": ("text/plain; charset=utf-8", "case \(number) \"é\"")
            default: ("application/json; charset=utf-8", result(number)?.json ?? "")
            }
        if body.isEmpty { return "HTTP/1.1 \(status) OK\r\n\(status == 204 ? "" : "Content-Length: 0\r\n")\r\n" }
        return "HTTP/1.1 \(status) OK\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    /// What the call gives for that answer; of a page, the whole answer.
    func result(_ number: Int) -> Value? {
        let item: Value = ["case": .number(Double(number)), "none": .null, "list": []]
        if let paging = operation.paging { return [paging.listKey: [item], "total": .number(1)] }
        switch operation.response {
        case nil: return nil
        case "text": return .string("case \(number) \"é\"")
        case let type? where type.hasPrefix("array<"): return [item]
        default: return item
        }
    }
}
