// swift-tools-version: 6.2
// The package: which targets exist and which may import which (arrows go down only).
import PackageDescription

/// Warnings are errors in our own Swift targets; dependencies keep their own settings.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

// Debian's header is on the default path, and its pkg-config file has a flag that SwiftPM warns of.
#if os(macOS)
    let simdjsonPkgConfig: String? = "simdjson"
#else
    let simdjsonPkgConfig: String? = nil
#endif

let package = Package(
    name: "luath",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Luath", targets: ["Luath"]),
        .library(name: "LuaHost", targets: ["LuaHost"]),
        .library(name: "Auth0Client", targets: ["Auth0Client"]),
        .library(name: "DemoTenant", targets: ["DemoTenant"]),
        .executable(name: "luath", targets: ["LuathCLI"]),
    ],
    dependencies: [
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // Without its defaults: fewer packages to build, and their flags come in another order in each process.
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.3"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CLua", pkgConfig: "lua5.4",
            providers: [.apt(["liblua5.4-dev"]), .brew(["lua@5.4"])]),
        .systemLibrary(
            name: "CSimdjson", pkgConfig: simdjsonPkgConfig,
            providers: [.apt(["libsimdjson-dev"]), .brew(["simdjson"])]),
        .target(
            name: "CLuaBridge", dependencies: ["CLua", "CSimdjson"],
            linkerSettings: [.linkedLibrary("simdjson")]),
        // #embed puts the data files into the dependency file of catalog.c, so a change to them rebuilds it.
        .target(name: "CCatalog", exclude: ["data", "lua", "types"]),
        .target(name: "LuaHost", dependencies: ["CLuaBridge"], swiftSettings: strict),
        .target(name: "Auth0API", dependencies: ["CCatalog"], swiftSettings: strict),
        .target(
            name: "Auth0Client",
            dependencies: [
                "Auth0API",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
        .target(
            name: "DemoTenant",
            dependencies: [
                "Auth0API",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .target(
            name: "Luath",
            dependencies: [
                "LuaHost", "Auth0API", "Auth0Client", "CCatalog",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "LuathCLI",
            dependencies: [
                "CCatalog", "Luath", "LuaHost", "Auth0API", "Auth0Client", "DemoTenant",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ], swiftSettings: strict),
        .executableTarget(
            name: "luath-bench",
            dependencies: [
                "Luath", "LuaHost", "Auth0API", "Auth0Client", "DemoTenant",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
            ], path: "Benchmarks", swiftSettings: strict),
        .target(
            name: "ScriptedServer",
            dependencies: [
                .product(name: "X509", package: "swift-certificates"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], path: "Tests/ScriptedServer", swiftSettings: strict),
        .testTarget(name: "LuaHostTests", dependencies: ["LuaHost"], swiftSettings: strict),
        .testTarget(name: "Auth0APITests", dependencies: ["Auth0API"], swiftSettings: strict),
        .testTarget(
            name: "LuathTests",
            dependencies: [
                "Luath", "LuathCLI", "LuaHost", "Auth0API", "Auth0Client", "DemoTenant", "ScriptedServer",
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ], swiftSettings: strict),
        .testTarget(
            name: "DemoTenantTests",
            dependencies: [
                "DemoTenant", "Auth0API",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "NIOCore", package: "swift-nio"),
            ], swiftSettings: strict),
        .testTarget(
            name: "Auth0ClientTests",
            dependencies: [
                "Auth0Client", "Auth0API", "DemoTenant", "ScriptedServer",
                .product(name: "JWTKit", package: "jwt-kit"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x,
    cxxLanguageStandard: .cxx17
)
