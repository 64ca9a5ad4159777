package import ResultStore
import Training

/// How the data used falls short of what was asked, in sentences.
package enum DataRemarks {
    /// All remarks of a snapshot without repetition: from archives and weights, from drawing, and from counting.
    package static func all(in snapshot: ResultSnapshot) -> [String] {
        var remarks: [String] = []
        func add(_ remark: String) {
            if !remarks.contains(remark) { remarks.append(remark) }
        }
        for artifact in snapshot.artifacts.sorted(by: {
            ($0.kind, $0.subject, $0.fileName) < ($1.kind, $1.subject, $1.fileName)
        }) {
            guard let note = artifact.note else { continue }
            add(note.hasPrefix(artifact.fileName) ? note : "\(artifact.fileName): \(note)")
        }
        let said = snapshot.artifacts.compactMap(\.note)
        for cell in snapshot.orderedCells {
            for trial in cell.trials {
                guard let data = trial.data else { continue }
                // What an archive's note says already, the data drawn from it need not say again.
                for note in data.notes where !said.contains(where: { $0.contains(note) }) {
                    add(
                        note.hasPrefix(cell.cell.workload.words)
                            ? note : "\(cell.cell.workload.words): \(note)")
                }
                for shortage in shortages(of: data, cell: cell.cell) where data.notes.isEmpty {
                    add("\(cell.cell.workload.words): \(shortage)")
                }
            }
        }
        return remarks
    }

    /// Splits with fewer examples than asked; said only when the data itself brought no note about it.
    private static func shortages(of data: DataSummary, cell: Cell) -> [String] {
        guard case .task(_, let train, let dev, let test) = cell.workload else { return [] }
        // In context nothing is trained on and nothing chosen by.
        let isInContext = cell.method.inContextSettings != nil
        let splits =
            (isInContext
                ? []
                : [("training", train, data.trainExamples), ("development", dev, data.devExamples)])
            + [("test", test, data.testExamples)]
        return splits.filter { $0.2 < $0.1 }.map { name, asked, found in
            "\(found) \(name) examples were used where \(asked) were asked for"
        }
    }
}
