import Foundation
import GRDB
import Optimizers
import Training

extension SourceMerge {
    /// Brings the trials over, with their steps, evaluations and attempts.
    mutating func mergeTrials() throws {
        for row in try rows("trial", from, orderedBy: "id") {
            let sourceID = row.integer("id")
            if let present = try match("trial", ["identity"], [row["identity"]]) {
                let targetID = present.integer("id")
                ids["trial", default: [:]][sourceID] = targetID
                try merge(row, with: present)
            } else {
                let targetID = try table["trial"]?.insert(row, into, replacing: pointers(of: row))
                ids["trial", default: [:]][sourceID] = targetID
                if let targetID { try copyResults(of: sourceID, to: targetID, row) }
            }
            if let targetID = mapped("trial", sourceID) { try mergeAttempts(of: sourceID, with: targetID) }
        }
    }

    private func pointers(of row: MergedTable.Values) -> [String: (any DatabaseValueConvertible)?] {
        [
            "cell_id": mapped("cell", row.integer("cell_id")),
            "environment_id": mapped("environment", row.optionalInteger("environment_id")),
        ]
    }

    /// Takes over a trial that is there already, if it has come further here and both say the same.
    private mutating func merge(_ row: MergedTable.Values, with present: MergedTable.Values) throws {
        let (sourceID, targetID) = (row.integer("id"), present.integer("id"))
        let here = StepHistory(path: path, trialID: sourceID, database: from)
        let there = StepHistory(path: partial, trialID: targetID, database: into)
        var problems: [String] = []
        if mapped("cell", row.integer("cell_id")) != present.optionalInteger("cell_id")
            || row["data_seed"] != present["data_seed"] || row["noise_seed"] != present["noise_seed"]
        {
            problems.append("has another cell or other seeds")
        }
        let (mine, theirs) = (
            try reach(of: row, from, steps: here), try reach(of: present, into, steps: there)
        )
        problems += try contradictions(ofSteps: here, there)
        problems += try contradictions(ofFirstOrderSteps: sourceID, targetID)
        problems += try contradictions(
            ofEvaluations: sourceID, targetID, isDone: mine.isDone, isDoneThere: theirs.isDone)
        if mine.isDone, theirs.isDone {
            for column in table["trial"]?.differences(present, row, besides: Self.measuredColumns) ?? [] {
                problems.append("ended with another \(column)")
            }
        }
        if mine.isDone && theirs.lastStep > mine.lastStep || theirs.isDone && mine.lastStep > theirs.lastStep
            || mine.isDone && theirs.isDone && mine.stepCount != theirs.stepCount
        {
            problems.append(
                "is done, but has \(mine.stepCount) steps here and \(theirs.stepCount) in another database")
        }
        for (one, other) in [(mine, theirs), (theirs, mine)] {
            if let step = one.divergedStep, other.lastStep >= step {
                problems.append("diverged in step \(step) in one database and went on in another")
            }
        }
        guard problems.isEmpty else {
            let description = try description(ofTrial: targetID)
            contradictions += problems.map { "\(path): \(description) \($0)" }
            return
        }
        if mine.isDone, theirs.isDone {
            try mergeMeasurements(row, targetID: targetID)
            return
        }
        guard mine.goesFurther(than: theirs) else { return }
        for child in ["step_row", "step_block", "first_order_step"] {
            try into.execute(sql: "DELETE FROM \(child) WHERE trial_id = ?", arguments: [targetID])
        }
        try into.execute(
            sql:
                "DELETE FROM prediction WHERE evaluation_id IN (SELECT id FROM evaluation WHERE trial_id = ?)",
            arguments: [targetID])
        try into.execute(sql: "DELETE FROM evaluation WHERE trial_id = ?", arguments: [targetID])
        var changes = pointers(of: row)
        changes["planned_ns"] = min(row.integer("planned_ns"), present.integer("planned_ns"))
        try table["trial"]?.update(id: targetID, to: row, into, replacing: changes)
        try copyResults(of: sourceID, to: targetID, row)
    }

    /// What is measured anew each time a trial is run, and may differ between two runs that did the same.
    private static let measuredColumns = Set(["peak_resident_bytes"] + MemoryColumns.names)

    /// Of two measurements of memory the larger one stays: a peak is the most that was seen.
    private func mergeMeasurements(_ row: MergedTable.Values, targetID: Int64) throws {
        for column in Self.measuredColumns.sorted() {
            try into.execute(
                sql:
                    "UPDATE trial SET \(column) = max(coalesce(\(column), ?1), coalesce(?1, \(column))) WHERE id = ?2",
                arguments: [row[column], targetID])
        }
        // Run twice to the same end on two machines, it is shown with one of them, whichever database comes first.
        try into.execute(
            sql: """
                UPDATE trial SET environment_id = coalesce((SELECT id FROM environment
                    WHERE id IN (environment_id, ?1) ORDER BY json LIMIT 1), environment_id) WHERE id = ?2
                """,
            arguments: [mapped("environment", row.optionalInteger("environment_id")), targetID])
    }

    private func reach(
        of row: MergedTable.Values, _ database: Database, steps: StepHistory
    ) throws -> TrialReach {
        let evaluations = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM evaluation WHERE trial_id = ?", arguments: [steps.trialID])
        // Pointers are numbers of one database only, and times come last.
        let columns = table["trial"]?.columns.filter {
            $0 != "id" && !MergedTable.isPointer($0) && !$0.hasSuffix("_ns")
        }
        return try TrialReach(
            row, steps: steps, evaluationCount: evaluations ?? 0, wording: row.wording(of: columns ?? []))
    }

    private func copyResults(of sourceID: Int64, to targetID: Int64, _ row: MergedTable.Values) throws {
        let steps = try StepHistory(path: path, trialID: sourceID, database: from).all()
        let history = StepHistory(path: partial, trialID: targetID, database: into)
        if row.text("status") == TrialStatus.done.rawValue {
            try history.insertPacked(steps)
        } else {
            for step in steps { try history.insert(step) }
            try history.packFullBlocks()
        }
        for step in try firstOrderSteps(of: sourceID, from) {
            try table["first_order_step"]?.insert(step, into, replacing: ["trial_id": targetID])
        }
        for evaluation in try rows(
            "evaluation", from, where: "trial_id = ?", [sourceID], orderedBy: "step, split")
        {
            let id = try table["evaluation"]?.insert(evaluation, into, replacing: ["trial_id": targetID])
            for prediction in try predictions(of: evaluation.integer("id"), from) {
                try table["prediction"]?.insert(prediction, into, replacing: ["evaluation_id": id])
            }
        }
    }

    private func predictions(of evaluationID: Int64, _ database: Database) throws -> [MergedTable.Values] {
        try rows(
            "prediction", database, where: "evaluation_id = ?", [evaluationID], orderedBy: "position")
    }

    // MARK: Contradictions

    private func contradictions(ofSteps here: StepHistory, _ there: StepHistory) throws -> [String] {
        let pair = zip(try here.all(), try there.all()).first { !$0.hasSameNumbers(as: $1) }
        return pair.map { ["has other seeds, layers or losses in step \($0.0.step)"] } ?? []
    }

    private func contradictions(ofFirstOrderSteps sourceID: Int64, _ targetID: Int64) throws -> [String] {
        let pairs = zip(try firstOrderSteps(of: sourceID, from), try firstOrderSteps(of: targetID, into))
        for (mine, theirs) in pairs {
            if let column = table["first_order_step"]?.difference(theirs, mine) {
                return ["has another \(column) in step \(mine.integer("step"))"]
            }
        }
        return []
    }

    private func firstOrderSteps(of trialID: Int64, _ database: Database) throws -> [MergedTable.Values] {
        try rows("first_order_step", database, where: "trial_id = ?", [trialID], orderedBy: "step")
    }

    /// - Parameters:
    ///   - isDone: Whether the trial is done here, so that nobody can have an evaluation that is not here.
    ///   - isDoneThere: Whether it is done there.
    private func contradictions(
        ofEvaluations sourceID: Int64, _ targetID: Int64, isDone: Bool, isDoneThere: Bool
    ) throws -> [String] {
        var problems: [String] = []
        func place(_ row: MergedTable.Values) -> String {
            "the \(row.text("split")) evaluation after step \(row.integer("step"))"
        }
        let mine = try rows("evaluation", from, where: "trial_id = ?", [sourceID], orderedBy: "step, split")
        let theirs = try rows("evaluation", into, where: "trial_id = ?", [targetID], orderedBy: "step, split")
        let (here, there) = (Set(mine.map(place)), Set(theirs.map(place)))
        if isDone {
            problems += there.subtracting(here).sorted().map { "lacks \($0), which another database has" }
        }
        if isDoneThere {
            problems += here.subtracting(there).sorted().map { "has \($0), which another database lacks" }
        }
        for row in mine {
            let place = place(row)
            guard
                let present = try match(
                    "evaluation", ["trial_id", "step", "split"], [targetID, row["step"], row["split"]])
            else { continue }
            if let column = table["evaluation"]?.difference(present, row) {
                problems.append("has another \(column) in \(place)")
            }
            let (answers, others) = (
                try predictions(of: row.integer("id"), from), try predictions(of: present.integer("id"), into)
            )
            let differing = zip(answers, others).first { table["prediction"]?.difference($0, $1) != nil }
            if let differing {
                problems.append("has another answer to \(differing.0.text("example")) in \(place)")
            } else if answers.count != others.count {
                problems.append("has \(answers.count) and \(others.count) answers in \(place)")
            }
        }
        return problems
    }

    // MARK: Attempts

    /// All attempts of a trial, each once, in the order in which they came.
    private func mergeAttempts(of sourceID: Int64, with targetID: Int64) throws {
        let known = try rows("attempt", into, where: "trial_id = ?", [targetID], orderedBy: "id")
        let added = try rows("attempt", from, where: "trial_id = ?", [sourceID], orderedBy: "id").map { row in
            var row = row
            row["environment_id"] = mapped("environment", row.integer("environment_id"))?.databaseValue
            return row
        }
        let attempts = AttemptOrder(columns: table["attempt"]?.columns ?? []).merged(known, added)
        guard attempts != known else { return }
        try into.execute(sql: "DELETE FROM attempt WHERE trial_id = ?", arguments: [targetID])
        for row in attempts {
            try table["attempt"]?.insert(row, into, replacing: ["trial_id": targetID])
        }
    }
}
