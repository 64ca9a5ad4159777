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
        problems += try contradictions(ofSteps: here, there)
        problems += try contradictions(ofFirstOrderSteps: sourceID, targetID)
        problems += try contradictions(ofEvaluations: sourceID, targetID)
        let (mine, theirs) = (try TrialReach(row, steps: here), try TrialReach(present, steps: there))
        if mine.isDone, theirs.isDone {
            for column in ["steps_done", "best_step", "weights_digest"] where row[column] != present[column] {
                problems.append("ended with another \(column)")
            }
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

    private func contradictions(ofEvaluations sourceID: Int64, _ targetID: Int64) throws -> [String] {
        var problems: [String] = []
        for row in try rows("evaluation", from, where: "trial_id = ?", [sourceID], orderedBy: "step, split") {
            let place = "the \(row.text("split")) evaluation after step \(row.integer("step"))"
            guard
                let present = try match(
                    "evaluation", ["trial_id", "step", "split"], [targetID, row["step"], row["split"]])
            else { continue }
            if let column = table["evaluation"]?.difference(present, row) {
                problems.append("has another \(column) in \(place)")
            }
            let (mine, theirs) = (
                try predictions(of: row.integer("id"), from), try predictions(of: present.integer("id"), into)
            )
            let differing = zip(mine, theirs).first { table["prediction"]?.difference($0, $1) != nil }
            if let differing {
                problems.append("has another answer to \(differing.0.text("example")) in \(place)")
            } else if mine.count != theirs.count {
                problems.append("has \(mine.count) and \(theirs.count) answers in \(place)")
            }
        }
        return problems
    }

    // MARK: Attempts

    /// All attempts of a trial, each once, in the order in which they began.
    private func mergeAttempts(of sourceID: Int64, with targetID: Int64) throws {
        var attempts: [MergedTable.Values] = []
        for row in try rows("attempt", into, where: "trial_id = ?", [targetID], orderedBy: "id") {
            attempts.append(row)
        }
        let known = attempts.count
        var changed = false
        for var row in try rows("attempt", from, where: "trial_id = ?", [sourceID], orderedBy: "id") {
            row["environment_id"] = mapped("environment", row.integer("environment_id"))?.databaseValue
            let place = attempts[..<known].firstIndex { present in
                ["begun_ns", "steps_before", "environment_id"].allSatisfy { present[$0] == row[$0] }
            }
            if let place {
                // A copy that was made while it ran does not know its end.
                guard attempts[place].optionalInteger("ended_ns") == nil,
                    row.optionalInteger("ended_ns") != nil
                else { continue }
                attempts[place] = row
            } else {
                attempts.append(row)
            }
            changed = true
        }
        guard changed else { return }
        try into.execute(sql: "DELETE FROM attempt WHERE trial_id = ?", arguments: [targetID])
        for row in attempts.sorted(by: { $0.integer("begun_ns") < $1.integer("begun_ns") }) {
            try table["attempt"]?.insert(row, into, replacing: ["trial_id": targetID])
        }
    }
}

/// How far a trial has come in one database.
private struct TrialReach {
    let status: TrialStatus
    let lastStep: Int
    /// The step in which it diverged, if it did.
    let divergedStep: Int?

    init(_ row: MergedTable.Values, steps: StepHistory) throws {
        status = TrialStatus(rawValue: row.text("status")) ?? .planned
        lastStep = max(
            try steps.lastNumber(), try StepTable.fineTuning.lastStep(of: steps.trialID, steps.database))
        let diverged = row.text("failure_reason") == TrialFailure.Reason.diverged.rawValue
        divergedStep = diverged ? row.optionalInteger("failure_step").map(Int.init) : nil
    }

    var isDone: Bool { status == .done }

    /// Done before not done, then more steps, then what is known of the end.
    func goesFurther(than other: TrialReach) -> Bool {
        let order: [TrialStatus] = [.planned, .running, .interrupted, .failed, .done]
        func rank(_ reach: TrialReach) -> (Int, Int, Int) {
            (reach.isDone ? 1 : 0, reach.lastStep, order.firstIndex(of: reach.status) ?? 0)
        }
        return rank(self) > rank(other)
    }
}
