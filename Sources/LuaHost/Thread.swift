// Threads with a stack of a given size, which Swift's pool does not have.

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Runs a function on a thread of its own.
@discardableResult
func startThread(stackBytes: Int, _ body: @escaping @Sendable () -> Void) -> pthread_t {
    final class Body: Sendable {
        let run: @Sendable () -> Void
        init(_ run: @escaping @Sendable () -> Void) { self.run = run }
    }
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setstacksize(&attributes, stackBytes)
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    #if canImport(Glibc)
        var thread = pthread_t()
    #else
        var thread: pthread_t?
    #endif
    let failure = pthread_create(
        &thread, &attributes,
        { argument in
            #if canImport(Glibc)
                let raw = argument!
            #else
                let raw = argument
            #endif
            Unmanaged<Body>.fromOpaque(raw).takeRetainedValue().run()
            return nil
        }, Unmanaged.passRetained(Body(body)).toOpaque())
    precondition(failure == 0, "cannot start a thread for Lua (error \(failure))")
    #if canImport(Glibc)
        return thread
    #else
        return thread!
    #endif
}
