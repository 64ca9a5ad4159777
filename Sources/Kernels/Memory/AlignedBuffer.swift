import Glibc

/// Page-aligned memory for `count` values of a trivial type, freed with its owner.
///
/// It is entered in the ``MemoryLedger`` while it lives. Not thread-safe by itself: parallel loops write to disjoint parts of it through `base`.
package final class AlignedBuffer<Element: BitwiseCopyable> {
    /// The first element, valid for the life of the buffer.
    package let base: UnsafeMutablePointer<Element>
    /// The number of elements.
    package let count: Int
    private let byteCount: Int
    private let purpose: MemoryPurpose

    /// Allocates zeroed memory on a page boundary.
    ///
    /// - Parameters:
    ///   - count: The number of elements.
    ///   - purpose: What it is counted as.
    /// - Throws: ``OutOfMemory`` when the system refuses.
    package init(count: Int, purpose: MemoryPurpose = .workspace) throws(OutOfMemory) {
        let bytes = max(1, count) * MemoryLayout<Element>.stride
        let pageBytes = 4096
        let roundedBytes = (bytes + pageBytes - 1) / pageBytes * pageBytes
        // Pages of its own: what malloc takes back it may keep, and memory would be held that nobody counts.
        let raw = mmap(nil, roundedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        guard let raw, raw != MAP_FAILED else { throw OutOfMemory(requestedBytes: roundedBytes) }
        memset(raw, 0, roundedBytes)
        base = raw.bindMemory(to: Element.self, capacity: max(1, count))
        self.count = count
        self.purpose = purpose
        byteCount = roundedBytes
        MemoryLedger.enter(roundedBytes, purpose)
    }

    deinit {
        munmap(base, byteCount)
        MemoryLedger.takeOut(byteCount, purpose)
    }

    /// The whole buffer as a collection.
    package var elements: UnsafeMutableBufferPointer<Element> {
        UnsafeMutableBufferPointer(start: base, count: count)
    }
}

/// The system refused an allocation.
package struct OutOfMemory: Error, CustomStringConvertible {
    /// The bytes that were asked for.
    package let requestedBytes: Int

    package var description: String {
        "out of memory: the system refused \(requestedBytes) bytes; use a smaller model or batch"
    }
}
