import Archives

/// What can be said of a task's data: where its archive lies and, once it was verified, what it holds.
package struct ArchiveCheck: Sendable, Encodable {
    /// What one split holds.
    package struct Split: Sendable, Encodable {
        /// Which split.
        package let split: String
        /// Its examples; nil when they cannot be had.
        package let examples: Int?
        /// Those of the official release; nil where that is not known.
        package let officialExamples: Int?
        /// Sentences about records that are no example, or about a split that is not there.
        package let remarks: [String]
        /// Why its examples cannot be had, nil when they can or when the split is rightly absent.
        package let trouble: String?

        /// Whether as many examples are there as the official release has, as far as that is known.
        package var isComplete: Bool { officialExamples == nil || examples == officialExamples }
    }

    /// The task's name in suites.
    package let task: String
    /// Its name in reports.
    package let title: String
    /// Where its archive lies, nil when there is none.
    package let path: String?
    /// Bytes of the archive.
    package let byteCount: Int?
    /// Its SHA-256, nil unless it was verified.
    package let sha256: String?
    /// Its splits, none unless it was verified.
    package let splits: [Split]
    /// Where the official counts are from, nil unless it was verified.
    package let officialSource: String?
    /// Sentences about what it is, such as that it is a subset, or what was looked for and not found.
    package let remarks: [String]
    /// Why it cannot be used, nil when nothing is known against it.
    package let trouble: String?

    /// Whether there is no archive.
    package var isMissing: Bool { path == nil && trouble == nil }

    /// Whether nothing is known against it; an archive that was not found is no trouble by itself.
    package var isSound: Bool { trouble == nil && splits.allSatisfy { $0.trouble == nil } }

    /// Looks for a task's archive.
    ///
    /// - Parameters:
    ///   - task: The task.
    ///   - folders: Where to look, as for `ArchiveSearch`.
    ///   - verifies: Whether to take its SHA-256 and to read and check every record.
    package init(of task: any TaskDefinition, in folders: [String], verifies: Bool) {
        var path: String?
        var archive: Archive?
        var sha256: String?
        var splits: [Split] = []
        var remarks: [String] = []
        var trouble: String?
        do throws(ArchiveError) {
            let found = try ArchiveSearch.find(
                fileNames: task.acceptedArchives.map(\.fileName), in: folders)
            path = found
            let opened = try Archive.open(found)
            archive = opened
            if verifies { sha256 = try opened.sha256() }
        } catch {
            if case .notFound = error {
                remarks.append(error.description)
            } else {
                trouble = error.description
            }
        }
        if let archive, trouble == nil {
            do throws(TaskError) { remarks += try task.notes(on: archive) } catch {
                trouble = error.description
            }
            if verifies, trouble == nil {
                splits = ArchiveSplit.allCases.map { Split($0, of: task, in: archive) }
            }
        }
        self.task = task.name
        title = task.title
        self.path = path
        byteCount = archive?.byteCount
        self.sha256 = sha256
        self.splits = splits
        officialSource = splits.isEmpty ? nil : OfficialCounts.of(task)?.source
        self.remarks = remarks
        self.trouble = trouble
    }
}

extension ArchiveCheck.Split {
    /// Reads and checks every record of a split.
    init(_ split: ArchiveSplit, of task: any TaskDefinition, in archive: Archive) {
        self.split = split.rawValue
        officialExamples = OfficialCounts.of(task)?[split]
        do throws(TaskError) {
            let isThere = split == .train ? try task.hasTrainSplit(in: archive) : true
            guard isThere else {
                examples = 0
                remarks = [
                    "there is no train split (\(task.trainEntries.joined(separator: " or "))), so nothing can be trained on it"
                ]
                trouble = nil
                return
            }
            let list = try task.examples(of: split, in: archive)
            examples = list.count
            remarks = list.notes
            trouble = nil
        } catch {
            examples = nil
            remarks = []
            trouble = error.description
        }
    }
}
