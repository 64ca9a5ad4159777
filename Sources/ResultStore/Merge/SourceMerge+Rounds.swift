import GRDB

extension SourceMerge {
    /// Brings timing rounds over; one that is there already must be the very same.
    ///
    /// Rounds are compared within one another's company, so there is no choosing between two that were taken for one place.
    mutating func mergeRounds() throws {
        for row in try rows("round", from, orderedBy: "suite_id, cell_id, round") {
            let suiteID = mapped("suite", row.integer("suite_id"))
            let cellID = mapped("cell", row.integer("cell_id"))
            let present = try match(
                "round", ["suite_id", "cell_id", "round"], [suiteID, cellID, row["round"]])
            if let present {
                if try !isSame(row, present) {
                    contradictions.append(
                        "\(path): round \(row.integer("round")) of \(try description(ofCell: cellID)) was timed here and in "
                            + "another database too")
                }
                continue
            }
            let roundID = try table["round"]?.insert(
                row, into,
                replacing: [
                    "suite_id": suiteID, "cell_id": cellID,
                    "environment_id": mapped("environment", row.integer("environment_id")),
                ])
            for child in Self.stepTables {
                for step in try steps(child, of: row.integer("id"), from) {
                    try table[child]?.insert(step, into, replacing: ["round_id": roundID])
                }
            }
        }
    }

    /// Where the steps of a round are: those of zeroth and those of first order.
    private static let stepTables = ["round_step", "first_order_round_step"]

    private func steps(
        _ table: String, of roundID: Int64, _ database: Database
    ) throws -> [MergedTable.Values] {
        try rows(table, database, where: "round_id = ?", [roundID], orderedBy: "step")
    }

    /// Whether two rounds were recorded at the same moment and have the same steps, times included.
    private func isSame(_ row: MergedTable.Values, _ present: MergedTable.Values) throws -> Bool {
        guard row["recorded_ns"] == present["recorded_ns"],
            table["round"]?.difference(row, present) == nil
        else { return false }
        func withoutRound(_ steps: [MergedTable.Values]) -> [MergedTable.Values] {
            steps.map { step in step.filter { $0.key != "round_id" } }
        }
        return try Self.stepTables.allSatisfy { child in
            withoutRound(try steps(child, of: row.integer("id"), from))
                == withoutRound(try steps(child, of: present.integer("id"), into))
        }
    }

    private func description(ofCell id: Int64?) throws -> String {
        let row = try Row.fetchOne(
            into,
            sql: """
                SELECT model, method, coalesce(sparsity, 0) AS sparsity, plan,
                    coalesce(task, shape_batch || 'x' || shape_tokens) AS workload
                FROM cell WHERE id = ?
                """, arguments: [id])
        guard let row else { return "an unknown cell" }
        let (model, workload): (String, String) = (
            try row.stored("model"), try row.stored("workload")
        )
        let (method, sparsity, plan): (String, Double, String) = (
            try row.stored("method"), try row.stored("sparsity"), try row.stored("plan")
        )
        return "\(model), \(workload), \(method) at sparsity \(sparsity), \(plan) plan"
    }
}
