// Ctrl-C and SIGTERM: the first ends the run in order, the second at once.

@preconcurrency import Dispatch
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Watches for signals while it lives.
final class Interruption: Sendable {
    enum Cause: Equatable {
        case deadline
        case signal(Int32)
        var status: Int32? { if case .signal(let number) = self { 128 + number } else { nil } }
    }
    private let noted = Mutex<Cause?>(nil)
    private let sources: [any DispatchSourceSignal]

    var cause: Cause? { noted.withLock { $0 } }

    init(_ stop: @escaping @Sendable () -> Void) {
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number)
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [weak self] in
                guard let self else { return }
                if case .signal = cause { _exit(128 + number) }
                note(.signal(number))
                if isatty(2) == 1 { StandardError.write("luath: ending the run; once more ends it at once") }
                stop()
            }
            source.resume()
        }
    }

    deinit { for source in sources { source.cancel() } }

    func note(_ cause: Cause) { noted.withLock { $0 = cause } }
}
