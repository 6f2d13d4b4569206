// Ctrl-C and SIGTERM: the first ends the run in order, the second at once.

@preconcurrency import Dispatch
import Luath
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Watches for signals while it lives.
final class Interruption: Sendable {
    enum Cause: Equatable {
        case signal(Int32)
        /// Nobody reads the results any more, or the disk is full.
        case output
        var status: Int32 {
            switch self {
            case .signal(let number): 128 + number
            case .output: ExitStatus.script.rawValue
            }
        }
    }
    private let noted = Mutex<Cause?>(nil)
    private let sources: [any DispatchSourceSignal]
    private let stop: @Sendable () -> Void

    var cause: Cause? { noted.withLock { $0 } }

    init(_ stop: @escaping @Sendable () -> Void) {
        self.stop = stop
        sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            return DispatchSource.makeSignalSource(signal: number)
        }
        for (source, number) in zip(sources, [SIGINT, SIGTERM]) {
            source.setEventHandler { [weak self] in
                guard let self else { return }
                if case .signal = cause { Self.endNow(128 + number) }
                if isatty(2) == 1 { StandardError.write("luath: ending the run; once more ends it at once") }
                end(.signal(number))
            }
            source.resume()
        }
    }

    deinit { for source in sources { source.cancel() } }

    /// Ends the run in order, and the process when the script does not let itself be ended.
    func end(_ cause: Cause) {
        let isFirst = noted.withLock { noted in
            defer { noted = noted ?? cause }
            return noted == nil
        }
        guard isFirst else { return }
        stop()
        DispatchQueue.global().asyncAfter(deadline: .now() + Self.grace) { [weak self] in
            guard self != nil else { return }
            StandardError.write("luath: the script did not end in time and was stopped")
            Self.endNow(cause.status)
        }
    }

    /// Longer than a run needs to end by itself, clean-up that has to be stopped included.
    private static let grace = DispatchTimeInterval.seconds(5)

    private static func endNow(_ status: Int32) -> Never {
        StandardOutput.flush()
        _exit(status)
    }
}
