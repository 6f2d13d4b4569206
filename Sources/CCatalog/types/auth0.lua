---@meta auth0
-- The module `auth0` but for its operations, which come from the catalog.

---The tenant's APIs, and clients for other tenants.
---@class auth0
---@field management auth0.ManagementClient The Management API of the run's tenant.
---@field authentication auth0.AuthenticationClient The Authentication API of the run's tenant.
---@field userinfo auth0.UserInfoClient Who an access token of the run's tenant belongs to.
local auth0 = {}

---@class (exact) auth0.ClientOptions
---@field domain string `acme.eu.auth0.com`, or `http://127.0.0.1:PORT` of a demo tenant; a tenant other than the run's own needs `--allow-net`.
---@field headers? table<string, string> Sent with every request.
---@field timeout? number|string Seconds or a text such as `"5m"`, for one attempt. Default 60.
---@field max_retries? integer Retries of a failed request. Default 2.
---@field custom_domain? string Sent with the operations that take it.

---@class (exact) auth0.ApplicationOptions: auth0.ClientOptions
---@field client_secret? string
---@field client_assertion_signing_key? string A private key in PEM.
---@field client_assertion_signing_alg? auth0.SigningAlgorithm Default `RS256`.
---@field use_mtls? boolean The application proves itself by a certificate, at `mtls.{domain}`.
---@field client_certificate? string The certificate, in PEM.
---@field client_key? string Its private key, in PEM.

---@class (exact) auth0.ManagementClientOptions: auth0.ApplicationOptions
---@field token? string An access token; it is never renewed.
---@field client_id? string With `client_secret` or another proof, instead of `token`.
---@field audience? string Default: the tenant's Management API.
---@field fetcher? fun(request: auth0.FetcherRequest, fetch: fun(request: auth0.FetcherRequest): auth0.FetcherAnswer): auth0.FetcherAnswer Sees each request before it is sent, and its answer.

---@class (exact) auth0.AuthenticationClientOptions: auth0.ApplicationOptions
---@field client_id string
---@field token_endpoint_auth_method? "none" For an application that has no credentials by design.
---@field id_token_signing_alg? "RS256"|"HS256" How the tenant signs ID tokens. Default `RS256`.
---@field clock_tolerance? number|string By how much clocks may differ when ID tokens are validated. Default 60 s.

---What a client's `fetcher` gets; the token is added later and never seen.
---@class auth0.FetcherRequest
---@field url string
---@field method string
---@field headers table<string, string>
---@field body? string

---@class auth0.FetcherAnswer
---@field status integer
---@field headers? table<string, string>
---@field body? string
---@field url? string
---@field attempts? integer

---@class (exact) auth0.UserInfoClientOptions: auth0.ClientOptions

---@alias auth0.SigningAlgorithm "RS256"|"RS384"|"RS512"|"PS256"|"PS384"|"PS512"|"ES256"|"ES384"

---A client of a tenant's Management API.
---@param options auth0.ManagementClientOptions
---@return auth0.ManagementClient client
function auth0.ManagementClient(options) end

---A client of a tenant's Authentication API.
---@param options auth0.AuthenticationClientOptions
---@return auth0.AuthenticationClient client
function auth0.AuthenticationClient(options) end

---A client that says who an access token belongs to.
---@param options auth0.UserInfoClientOptions
---@return auth0.UserInfoClient client
function auth0.UserInfoClient(options) end

---Every user that a query finds, past the 1,000 that one search gives, in order of creation.
---@param request? auth0.AllUsersRequest
---@param options? auth0.CallOptions
---@return fun(): auth0.UserResponseSchema?
function auth0.all_users(request, options) end

---@class (exact) auth0.AllUsersRequest
---@field q? string Lucene query.
---@field connection? string
---@field fields? string Names with commas between them; `user_id` and `created_at` are always among them.
---@field include_fields? boolean
---@field per_page? integer From 1 to 100, which is the default.
---@field search_engine? "v3"
---@field primary_order? boolean

---A code verifier and its challenge (RFC 7636).
---@return auth0.PKCE
function auth0.pkce() end

---@class auth0.PKCE
---@field code_verifier string
---@field code_challenge string
---@field code_challenge_method "S256"

---@class auth0.ManagementClient
local management = {}

---Calls what the catalog does not know, by method and path.
---@param request auth0.FreeRequest
---@param options? auth0.CallOptions
---@return any answer
---@return auth0.Response response
function management.request(request, options) end

---@class (exact) auth0.FreeRequest
---@field method? "GET"|"POST"|"PUT"|"PATCH"|"DELETE" Default `GET`.
---@field path string Such as `/clients`.
---@field query? table<string, any>
---@field body? any

---Ends calls early: give `controller.signal` to them as `abort_signal`, then call `controller:abort()`.
---@return auth0.AbortController controller
function auth0.AbortController() end

---@class auth0.AbortSignal

---@class auth0.AbortController
---@field signal auth0.AbortSignal
local controller = {}

---Ends the calls that have the signal, with a `CancelledError`.
function controller:abort() end

---How one call is made: the last argument of every operation.
---@class (exact) auth0.CallOptions
---@field headers? table<string, string> Added to the client's.
---@field timeout? number|string Seconds or a text such as `"5m"`, for one attempt with its body.
---@field deadline? number|string The same for the whole call with its retries.
---@field max_retries? integer 0 is none.
---@field custom_domain? string The tenant's domain in links and e-mails that the call causes.
---@field abort_signal? auth0.AbortSignal Ends the call early.
---@field idempotent? boolean Sending the call twice does the same as once, so that a POST is retried too.
---@field id_token_validate_options? auth0.IDTokenOptions What the ID token of the answer must say, for grants that give one.
---@field poll_interval? number|string For device and back-channel grants: asks again until the person has decided.

---@class (exact) auth0.IDTokenOptions
---@field nonce? string
---@field max_age? integer Seconds since the person logged in.
---@field organization? string An id (`org_…`) or a name.

---The second result of every operation.
---@class auth0.Response
---@field status integer
---@field headers table<string, string> Names in lower case.
---@field url string
---@field attempts integer Requests sent.

---What every page of a list has; `for item in page do` walks over the items of this page and the next ones.
---@class auth0.Page
---@field total? integer How many items there are in all, where the tenant says it.
local page = {}

---@return boolean
function page:has_next_page() end

---Events of the tenant; `for event in stream do` waits for the next one until the loop is left.
---@class auth0.EventStream
---@overload fun(): auth0.EventStreamSubscribeEventsResponseContent?
local stream = {}

---The value for `from` that goes on after the last event.
---@return string? offset
function stream:offset() end

function stream:close() end

---An error of an API call, as `pcall` gives it: `---@cast problem auth0.Error` tells the editor.
---@class auth0.Error
---@field name auth0.ErrorName
---@field kind auth0.ErrorKind
---@field message string
---@field status_code? integer
---@field code? string Auth0's `errorCode`, or `error` of the Authentication API.
---@field body? any The answer's body, decoded where it is JSON.
---@field raw_response? auth0.Response
---@field operation? string The operation's name without `management.`.
---@field attempts? integer Requests sent.
---@field hint? string What to do.
---@field retry_after? number Seconds that the tenant asks to wait.
---@field traceback? string

---@alias auth0.ErrorKind "api"|"network"|"timeout"|"argument"|"parse"|"permission"|"limit"|"cancelled"|"config"|"plan"|"file"|"usage"

---@alias auth0.ErrorName
---| "BadRequestError" # 400
---| "UnauthorizedError" # 401
---| "PaymentRequiredError" # 402
---| "ForbiddenError" # 403
---| "NotFoundError" # 404
---| "ConflictError" # 409
---| "GoneError" # 410
---| "PreconditionFailedError" # 412
---| "ContentTooLargeError" # 413
---| "TooManyRequestsError" # 429
---| "InternalServerError" # 500
---| "ServiceUnavailableError" # 503
---| "ManagementError" # another status
---| "AuthApiError" # an error of the Authentication API
---| "UserInfoError" # an error of /userinfo
---| "EventStreamError" # an error that came in a stream of events
---| "IdTokenValidatorError" # the ID token of an answer is not valid
---| "NetworkError" # no complete answer
---| "TimeoutError" # an attempt or the call took too long
---| "ParseError" # an answer that cannot be read
---| "InvalidArgumentError" # nothing was sent: the arguments do not fit
---| "PermissionError" # nothing was sent: the run was not allowed to
---| "ConfigurationError" # credentials or settings are missing or were refused
---| "LimitError" # the end of what the API or the run gives
---| "CancelledError" # the call or its task was cancelled
---| "FileError" # a file cannot be read or written
---| "UsageError" # a recipe's parameters do not fit

return auth0
