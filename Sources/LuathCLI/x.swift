import ArgumentParser
import DemoTenant
@main struct M: AsyncParsableCommand { mutating func run() async throws { print(1) } }
