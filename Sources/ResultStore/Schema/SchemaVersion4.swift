/// The fourth version of the schema: steps of a trial packed into blocks.
///
/// | table or view | one row is                                                                              |
/// |---------------|-----------------------------------------------------------------------------------------|
/// | `step_block`  | up to 1,024 successive steps of a trial; ``StepBlock`` describes its columns             |
/// | `step_row`    | one step of a trial that is under way, or that an older program stored: the former `step` |
/// | `step`        | a view: every step of every trial with the columns of the former table                  |
///
/// Rows are packed 1,024 at a time, and the rest of them when the trial is done. The view reads blocks with SQL alone, so
/// that `SELECT perturb_ns FROM step WHERE trial_id = 3 AND step = 17` goes on to work; a step that a block holds has NULL
/// as `float_bits` and for a NaN. Timing rounds keep their rows in `round_step`.
let schemaVersion4 =
    """
    DROP VIEW step_view;
    DROP VIEW trial_view;
    ALTER TABLE step RENAME TO step_row;

    CREATE TABLE step_block (
        trial_id INTEGER NOT NULL REFERENCES trial (id),
        first_step INTEGER NOT NULL CHECK (first_step >= 1),
        step_count INTEGER NOT NULL CHECK (step_count BETWEEN 1 AND 1024),
        perturbation_scale REAL,
        least_select_ns INTEGER NOT NULL,
        least_perturb_ns INTEGER NOT NULL,
        least_forward_ns INTEGER NOT NULL,
        least_update_ns INTEGER NOT NULL,
        seed BLOB NOT NULL,
        loss_plus BLOB NOT NULL,
        loss_minus BLOB NOT NULL,
        projected_gradient BLOB NOT NULL,
        dropped_bits BLOB NOT NULL,
        dropped_bits_63 BLOB NOT NULL,
        select_ns BLOB NOT NULL,
        perturb_ns BLOB NOT NULL,
        forward_ns BLOB NOT NULL,
        update_ns BLOB NOT NULL,
        PRIMARY KEY (trial_id, first_step)
    ) STRICT;

    \(unpackingView)

    CREATE VIEW step_view AS
    SELECT step.trial_id, cell.model, cell.task, cell.method, cell.sparsity, cell.learning_rate, cell.objective,
        step.step, format('%016x', step.seed) AS seed, step.loss_plus, step.loss_minus, step.projected_gradient,
        (WITH RECURSIVE layer (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM layer WHERE i < 125)
            SELECT coalesce(group_concat(i, ' '), '') FROM layer
            WHERE iif(i < 63, step.dropped_bits >> i, step.dropped_bits_63 >> (i - 63)) & 1) AS dropped_layers,
        step.select_ns, step.perturb_ns, step.forward_ns, step.update_ns,
        step.select_ns + step.perturb_ns + step.forward_ns + step.update_ns AS total_ns
    FROM step JOIN trial ON trial.id = step.trial_id JOIN cell ON cell.id = trial.cell_id;

    CREATE VIEW trial_view AS
    SELECT trial.id AS trial_id, cell.model, cell.weights, cell.storage, cell.task, cell.titles, cell.method, cell.demonstrations,
        cell.demonstration_draw, cell.calibrated, cell.sparsity, cell.dropped_layers, cell.layer_count,
        cell.learning_rate, cell.perturbation_scale, cell.noise, cell.tuned, cell.rounding, cell.objective, cell.plan,
        trial.data_seed, trial.noise_seed, trial.status,
        coalesce((SELECT max(step) FROM step_row WHERE step_row.trial_id = trial.id),
            (SELECT max(first_step + step_count - 1) FROM step_block WHERE step_block.trial_id = trial.id))
            AS steps_stored,
        cell.steps AS steps_planned,
        cell.checkpoint, trial.best_step, evaluation.metric, evaluation.value AS test_value,
        evaluation.exact_match AS test_exact_match, evaluation.loss AS test_loss,
        1.0 * trial.updates_lost / trial.updates_told AS lost_update_share,
        trial.first_token_id, trial.peak_resident_bytes, trial.failure_reason, trial.failure_step, trial.failure_message,
        trial.environment_id
    FROM trial JOIN cell ON cell.id = trial.cell_id
    LEFT JOIN evaluation ON evaluation.trial_id = trial.id AND evaluation.split = 'test';
    """

/// The view that puts rows and blocks together.
///
/// A number is the sum of its hexadecimal digits' values; a float32 is its sign, fraction and exponent, whose powers of two
/// are exact factors and quotients, since not every SQLite has `pow`. A gradient that a block leaves out is computed as
/// ``StepBlock`` does: `536870913 * v` is Veltkamp's way of rounding to 24 bits. Values that are used more than once come
/// from a SELECT without FROM, which SQLite computes once.
private let unpackingView =
    """
    CREATE VIEW step AS
    WITH RECURSIVE digit (digit) AS (VALUES \((0..<16).map { "(\($0))" }.joined(separator: ", "))),
        place (place) AS (VALUES (0) UNION ALL SELECT place + 1 FROM place WHERE place < 1023)
    SELECT trial_id, step, seed, loss_plus, loss_minus, projected_gradient, dropped_bits, dropped_bits_63, select_ns,
        perturb_ns, forward_ns, update_ns, float_bits
    FROM step_row
    UNION ALL
    SELECT trial_id, first_step + place, \(integer("seed")), \(float("loss_plus")), \(float("loss_minus")),
        iif(perturbation_scale IS NULL, \(float("projected_gradient")),
            \(rounded("\(rounded("\(float("loss_plus")) - \(float("loss_minus"))")) / (2 * perturbation_scale)"))),
        \(integer("dropped_bits")), \(integer("dropped_bits_63")),
        least_select_ns + \(integer("select_ns")), least_perturb_ns + \(integer("perturb_ns")),
        least_forward_ns + \(integer("forward_ns")), least_update_ns + \(integer("update_ns")), NULL
    FROM step_block JOIN place ON place < step_count;
    """

/// The number at a place of a packed column.
private func integer(_ column: String) -> String {
    let width = "length(\(column)) / step_count"
    return """
        (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
            << (4 * (length(hex) - 1 - digit))), 0)
        FROM (SELECT hex(substr(\(column), place * (\(width)) + 1, \(width))) AS hex)
        JOIN digit ON digit < length(hex))
        """
}

/// The float32 at a place of a packed column; NULL for a NaN.
private func float(_ column: String) -> String {
    """
    (SELECT iif(bits >> 31, -1, 1) * CASE exponent
        WHEN 0 THEN 1.0 * fraction / (1 << 62) / (1 << 62) / (1 << 25)
        WHEN 255 THEN iif(fraction = 0, 9e999, NULL)
        ELSE 1.0 * (fraction + 8388608) * (1 << max(0, min(62, exponent - 150))) * (1 << max(0, exponent - 212))
            / (1 << max(0, min(62, 150 - exponent))) / (1 << max(0, min(62, 88 - exponent)))
            / (1 << max(0, 26 - exponent)) END
    FROM (SELECT bits, bits >> 23 & 255 AS exponent, bits & 8388607 AS fraction
        FROM (SELECT \(integer(column)) AS bits)))
    """
}

/// A number rounded to the 24 bits of a float32.
private func rounded(_ value: String) -> String {
    "(SELECT 536870913 * v - (536870913 * v - v) FROM (SELECT \(value) AS v))"
}
