// swift-tools-version: 6.2
// A package of its own, as a program that embeds Luath would be.
import PackageDescription

let package = Package(
    name: "script-service",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "luath", path: "../.."),
        // Without its defaults: fewer packages to build, and their flags come in another order in each process.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .executableTarget(
            name: "ScriptService",
            dependencies: [
                .product(name: "Luath", package: "luath"),
                .product(name: "LuaHost", package: "luath"),
                .product(name: "Auth0Client", package: "luath"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
            ]),
        .testTarget(
            name: "ScriptServiceTests",
            dependencies: [
                "ScriptService",
                .product(name: "DemoTenant", package: "luath"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ]),
    ]
)
