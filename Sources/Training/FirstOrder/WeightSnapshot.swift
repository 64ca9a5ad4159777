import Foundation
import Glibc
package import LanguageModels

/// The parameters as they stood at the best evaluation, in a file without a name.
///
/// A first-order step cannot be replayed from scalars, so what is to be tested in the end must be kept. It is kept on
/// disk, not in memory, so that a trial's memory stays what the method itself needs; the system removes the file when
/// the process ends, however it ends.
package final class WeightSnapshot {
    private let arena: ParameterArena
    private let descriptor: Int32

    /// An empty snapshot of the parameters of `arena`, float32.
    ///
    /// - Throws: ``TrainingError/snapshotFailed(folder:reason:)`` when the folder for temporary files takes no file.
    package init(of arena: ParameterArena) throws(TrainingError) {
        self.arena = arena
        var template = Array((Self.folder + "/lezobench-snapshot-XXXXXX").utf8CString)
        descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw Self.failure(errno) }
        unlink(template)
    }

    deinit { close(descriptor) }

    /// Keeps the parameters as they stand, in place of what was kept before.
    package func keep() throws(TrainingError) {
        try move { pwrite(descriptor, $0, $1, off_t($2)) }
    }

    /// Puts the parameters back to what was kept.
    package func restore() throws(TrainingError) {
        try move { pread(descriptor, $0, $1, off_t($2)) }
    }

    /// Moves all bytes between memory and file; a call may move fewer than it was asked for.
    private func move(
        _ call: (_ memory: UnsafeMutableRawPointer, _ count: Int, _ offset: Int) -> Int
    ) throws(TrainingError) {
        let memory = UnsafeMutableRawPointer(arena.base)
        let byteCount = arena.count * MemoryLayout<Float>.stride
        var done = 0
        while done < byteCount {
            let moved = call(memory + done, byteCount - done, done)
            if moved < 0, errno == EINTR { continue }
            guard moved > 0 else { throw Self.failure(moved == 0 ? EIO : errno) }
            done += moved
        }
    }

    private static var folder: String { FileManager.default.temporaryDirectory.path }

    private static func failure(_ number: Int32) -> TrainingError {
        .snapshotFailed(folder: folder, reason: String(cString: strerror(number)))
    }
}
