// What a run may use. Every limit has a default, so that no script can outgrow its host by accident.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The limits of one run. Going over one ends the run with a `ScriptError` of kind `limit` that no script can catch.
public struct LuaLimits: Sendable, Equatable {
    /// Bytes that Lua may hold at once, at least 1 MiB. A script may catch the first refusal and do with less; the second
    /// ends the run. Answers count once they are Lua tables.
    public var memoryBytes = 256 << 20
    /// How long Lua may run without waiting for the host; nil is no limit.
    public var busyTime: Duration? = .seconds(10)
    /// How long the run may take; nil, the default, is no limit.
    public var deadline: Duration?
    /// Tasks alive at once, the main one too.
    public var tasks = 10_000
    /// Host calls that wait for an answer at once. As each task waits for one call, the default lets all of them wait.
    public var callsInFlight = 10_000
    /// Bytes that the script may print.
    public var outputBytes = 1 << 30
    /// How long clean-up may take when the Swift task of the run is cancelled. After a limit it is a quarter of a second.
    public var grace: Duration = .seconds(2)

    public init() {}
}

/// How a script that runs is interrupted.
public enum LuaInterruption: Sendable, Equatable {
    /// By a signal that is sent to the run's own thread; scripts run at full speed. The signal's former handler still gets
    /// the signals that are not the runtime's.
    case signal(Int32)
    /// By a hook that looks every 1,000 instructions, for programs that need all their signals: loops take up to twice as
    /// long, and a run that hangs in a function cannot say where.
    case standingHook

    /// By `SIGURG`, which programs ignore unless they ask for it: the default.
    public static let standard = LuaInterruption.signal(SIGURG)
}
