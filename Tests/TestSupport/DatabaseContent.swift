/// What results databases say, times, measured memory and row ids apart: equal for two that did the same.
package enum DatabaseContent {
    /// A query for each table, whose rows are in an order of their own.
    package static let queries: [(table: String, sql: String)] = [
        (
            "suite",
            """
            SELECT name, title, file_name, file_sha256, protocol, yaml, claims, uses_sandbox, timing_rounds,
                timing_warmup_steps, timing_steps FROM suite
            """
        ),
        ("environment", "SELECT json FROM environment"),
        ("artifact", "SELECT kind, subject, file_name, sha256, byte_count, note FROM artifact"),
        (
            "suite_artifact",
            "SELECT name, protocol, kind, subject, sha256 FROM suite_artifact JOIN suite ON suite.id = suite_id "
                + "JOIN artifact ON artifact.id = artifact_id"
        ),
        (
            "cell",
            "SELECT json, model, task, method, sparsity, layer_count, layer_parameter_count, parameter_count FROM cell"
        ),
        (
            "trial",
            """
            SELECT identity, cell.json, data_seed, noise_seed, status, environment.json, failure_reason, failure_step,
                failure_message, trial.train_examples, trial.dev_examples, trial.test_examples, data_notes, steps_done,
                best_step, weights_digest, drift_maximum_absolute, drift_root_mean_square, drift_changed_share,
                updates_told, updates_lost, update_intended_squares, update_error_squares, first_token_id
            FROM trial JOIN cell ON cell.id = cell_id LEFT JOIN environment ON environment.id = environment_id
            """
        ),
        (
            "trial_artifact",
            "SELECT identity, kind, subject, sha256 FROM trial_artifact JOIN trial ON trial.id = trial_id "
                + "JOIN artifact ON artifact.id = artifact_id"
        ),
        (
            "suite_trial",
            "SELECT name, protocol, json, suite_trial.data_seed, suite_trial.noise_seed, identity, position "
                + "FROM suite_trial JOIN suite ON suite.id = suite_id JOIN cell ON cell.id = suite_trial.cell_id "
                + "JOIN trial ON trial.id = trial_id"
        ),
        (
            "suite_timing_cell",
            "SELECT name, protocol, json, position FROM suite_timing_cell JOIN suite ON suite.id = suite_id "
                + "JOIN cell ON cell.id = cell_id"
        ),
        (
            "attempt",
            "SELECT identity, environment.json, steps_before, ended_ns IS NULL, outcome, message FROM attempt "
                + "JOIN trial ON trial.id = trial_id JOIN environment ON environment.id = attempt.environment_id"
        ),
        (
            "step_row",
            "SELECT identity, \(numbers), hex(float_bits) FROM step_row JOIN trial ON trial.id = trial_id"
        ),
        (
            "step_block",
            "SELECT identity, first_step, step_count, perturbation_scale, hex(seed), hex(loss_plus), hex(loss_minus), "
                + "hex(projected_gradient), hex(dropped_bits), hex(dropped_bits_63) FROM step_block "
                + "JOIN trial ON trial.id = trial_id"
        ),
        (
            "evaluation",
            "SELECT identity, step, split, loss, metric, value, exact_match FROM evaluation "
                + "JOIN trial ON trial.id = trial_id"
        ),
        (
            "prediction",
            """
            SELECT identity, step, split, position, example, chosen_option, gold_option, gold_options, option_scores,
                hex(CAST(generated_text AS BLOB)), score, prediction.exact_match
            FROM prediction JOIN evaluation ON evaluation.id = evaluation_id JOIN trial ON trial.id = trial_id
            """
        ),
        (
            "round",
            "SELECT name, protocol, cell.json, round, position, environment.json, warmup_steps FROM round "
                + "JOIN suite ON suite.id = suite_id JOIN cell ON cell.id = cell_id "
                + "JOIN environment ON environment.id = environment_id"
        ),
        (
            "round_step",
            "SELECT json, round, \(numbers), hex(float_bits) FROM round_step JOIN round ON round.id = round_id "
                + "JOIN cell ON cell.id = cell_id"
        ),
    ]

    private static let numbers =
        "step, seed, loss_plus, loss_minus, projected_gradient, dropped_bits, dropped_bits_63"

    /// The content of a database, sorted within each table.
    ///
    /// - Parameter query: The rows of a query as texts.
    package static func of(_ query: (String) throws -> [String]) rethrows -> [String] {
        try queries.flatMap { table, sql in try query(sql).map { "\(table): \($0)" }.sorted() }
    }
}
