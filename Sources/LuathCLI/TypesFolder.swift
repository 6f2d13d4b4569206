// Where editor types are kept: a folder whose files are replaced each time, unless somebody else wrote them.

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

struct TypesFolder {
    let path: String

    /// Writes all files, and takes away those of an earlier time that there are no more.
    ///
    /// - Throws: `InUse`, before anything is written, for a file of the same name that Luath did not write; else the
    ///   system's error.
    func write() throws {
        for file in EditorTypes.files {
            let place = "\(path)/\(file.path)"
            if FileManager.default.fileExists(atPath: place), !isOurs(place) { throw InUse(path: place) }
        }
        let earlier = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/auth0")) ?? []
        for name in earlier where name.hasSuffix(".lua") && isOurs("\(path)/auth0/\(name)") {
            try FileManager.default.removeItem(atPath: "\(path)/auth0/\(name)")
        }
        for file in EditorTypes.files {
            let place = URL(filePath: "\(path)/\(file.path)")
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(file.text.utf8).write(to: place)
        }
    }

    struct InUse: Error { let path: String }

    private func isOurs(_ place: String) -> Bool {
        FileManager.default.contents(atPath: place)?.starts(with: EditorTypes.mark.utf8) ?? false
    }
}
