// The options that say what a script may use.

import ArgumentParser
import LuaHost

struct LimitOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Time for the whole run. (default: no limit)", valueName: "time"))
    var deadline: DurationArgument?

    @Option(
        help: ArgumentHelp(
            "Memory for the script, in MiB or with a unit, such as 1G. (default: 256)", valueName: "size"))
    var maxMemory: SizeArgument?

    @Option(
        help: ArgumentHelp(
            "Time that the script may compute without waiting for anything. (default: 10s)", valueName: "time"))
    var maxBusy: DurationArgument?

    @Option(help: ArgumentHelp("Tasks at once. (default: 10000)", valueName: "number"))
    var maxTasks: Int?

    @Option(
        help: ArgumentHelp("What the script may print, in MiB or with a unit. (default: 1G)", valueName: "size"))
    var maxOutput: SizeArgument?

    func validate() throws {
        if let maxTasks, maxTasks < 1 { throw ValidationError("--max-tasks is a number from 1") }
    }

    var limits: LuaLimits {
        var limits = LuaLimits()
        limits.deadline = deadline?.duration
        if let maxMemory { limits.memoryBytes = maxMemory.bytes }
        if let maxBusy { limits.busyTime = maxBusy.duration }
        if let maxTasks { (limits.tasks, limits.callsInFlight) = (maxTasks, max(maxTasks, limits.callsInFlight)) }
        if let maxOutput { limits.outputBytes = maxOutput.bytes }
        return limits
    }
}

/// A size on the command line: MiB, or a number with the unit K, M or G; at least 1 MiB.
struct SizeArgument: ExpressibleByArgument {
    let bytes: Int

    init?(argument: String) {
        let digits = argument.prefix { $0.isASCII && $0.isNumber }
        let shift: Int? =
            switch argument.dropFirst(digits.count).uppercased() {
            case "K", "KIB": 10
            case "", "M", "MIB": 20
            case "G", "GIB": 30
            default: nil
            }
        guard let number = Int(digits), let shift else { return nil }
        let (bytes, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
        guard !overflow, bytes >= 1 << 20 else { return nil }
        self.bytes = bytes
    }
}
