CREATE INDEX attempt_by_trial ON attempt (trial_id);

CREATE INDEX trial_by_cell ON trial (cell_id);

CREATE TABLE artifact (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    byte_count INTEGER NOT NULL,
    note TEXT,
    UNIQUE (kind, subject, file_name, sha256)
) STRICT;

CREATE TABLE attempt (
    id INTEGER PRIMARY KEY,
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    environment_id INTEGER NOT NULL REFERENCES environment (id),
    steps_before INTEGER NOT NULL,
    begun_ns INTEGER NOT NULL,
    load_before TEXT NOT NULL,
    load_average_before REAL NOT NULL,
    ended_ns INTEGER,
    load_after TEXT,
    load_average_after REAL,
    outcome TEXT,
    message TEXT
) STRICT;

CREATE TABLE "cell" (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    weights TEXT NOT NULL,
    storage TEXT NOT NULL,
    first_token TEXT NOT NULL,
    task TEXT,
    titles TEXT,
    train_examples INTEGER,
    dev_examples INTEGER,
    test_examples INTEGER,
    shape_batch INTEGER,
    shape_tokens INTEGER,
    method TEXT NOT NULL,
    demonstrations INTEGER,
    demonstration_draw TEXT,
    calibrated INTEGER CHECK (calibrated IN (0, 1)),
    sparsity REAL,
    dropped_layers INTEGER,
    layer_count INTEGER NOT NULL,
    learning_rate REAL,
    perturbation_scale REAL,
    noise TEXT,
    tuned TEXT,
    rounding TEXT,
    objective TEXT NOT NULL,
    plan TEXT NOT NULL,
    steps INTEGER NOT NULL,
    batch_size INTEGER NOT NULL,
    eval_every INTEGER NOT NULL,
    checkpoint TEXT NOT NULL,
    layer_parameter_count INTEGER NOT NULL,
    parameter_count INTEGER NOT NULL,
    json TEXT NOT NULL UNIQUE
, optimizer TEXT, learning_rate_schedule TEXT, warmup_steps INTEGER, weight_decay REAL, maximum_gradient_norm REAL, activations TEXT) STRICT;

CREATE TABLE environment (
    id INTEGER PRIMARY KEY,
    processor TEXT NOT NULL,
    processor_count INTEGER NOT NULL,
    memory_bytes INTEGER NOT NULL,
    kernel_instruction_set TEXT NOT NULL,
    blas_version TEXT NOT NULL,
    blas_core_type TEXT NOT NULL,
    expected_blas_core_type TEXT NOT NULL,
    thread_count INTEGER NOT NULL,
    operating_system TEXT NOT NULL,
    compiler TEXT NOT NULL,
    build_configuration TEXT NOT NULL,
    git_commit TEXT NOT NULL,
    git_is_dirty INTEGER CHECK (git_is_dirty IN (0, 1)),
    json TEXT NOT NULL UNIQUE
, blas_core_type_as_installed TEXT, forced_blas_core_type TEXT, blas_gigaflops REAL, blas_gigaflops_as_installed REAL) STRICT;

CREATE TABLE evaluation (
    id INTEGER PRIMARY KEY,
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    step INTEGER NOT NULL CHECK (step >= 0),
    split TEXT NOT NULL CHECK (split IN ('dev', 'test')),
    loss REAL,
    metric TEXT NOT NULL,
    value REAL,
    evaluation_ns INTEGER NOT NULL, exact_match REAL,
    UNIQUE (trial_id, step, split)
) STRICT;

CREATE TABLE first_order_round_step (
    round_id INTEGER NOT NULL REFERENCES round (id),
    step INTEGER NOT NULL CHECK (step >= 1),
    loss REAL NOT NULL,
    gradient_norm REAL NOT NULL,
    learning_rate REAL NOT NULL,
    forward_ns INTEGER NOT NULL,
    backward_ns INTEGER NOT NULL,
    update_ns INTEGER NOT NULL,
    PRIMARY KEY (round_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE first_order_step (
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    step INTEGER NOT NULL CHECK (step >= 1),
    loss REAL NOT NULL,
    gradient_norm REAL NOT NULL,
    learning_rate REAL NOT NULL,
    forward_ns INTEGER NOT NULL,
    backward_ns INTEGER NOT NULL,
    update_ns INTEGER NOT NULL,
    PRIMARY KEY (trial_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE prediction (
    evaluation_id INTEGER NOT NULL REFERENCES evaluation (id),
    position INTEGER NOT NULL,
    example TEXT NOT NULL,
    chosen_option INTEGER,
    gold_option INTEGER,
    option_scores TEXT NOT NULL,
    generated_text TEXT,
    score REAL, gold_options TEXT, exact_match REAL,
    PRIMARY KEY (evaluation_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE round (
    id INTEGER PRIMARY KEY,
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    cell_id INTEGER NOT NULL REFERENCES cell (id),
    round INTEGER NOT NULL CHECK (round >= 1),
    position INTEGER NOT NULL,
    environment_id INTEGER NOT NULL REFERENCES environment (id),
    load_before TEXT NOT NULL,
    load_after TEXT NOT NULL,
    load_average_before REAL NOT NULL,
    load_average_after REAL NOT NULL,
    warmup_steps INTEGER NOT NULL,
    peak_resident_bytes INTEGER NOT NULL,
    recorded_ns INTEGER NOT NULL, weight_bytes INTEGER, activation_bytes INTEGER, gradient_bytes INTEGER, optimizer_state_bytes INTEGER, workspace_bytes INTEGER, matrix_products INTEGER, matrix_operations INTEGER, allocated_bytes INTEGER,
    UNIQUE (suite_id, cell_id, round)
) STRICT;

CREATE TABLE round_step (
    round_id INTEGER NOT NULL REFERENCES round (id),
    step INTEGER NOT NULL CHECK (step >= 1),
    seed INTEGER NOT NULL,
    loss_plus REAL,
    loss_minus REAL,
    projected_gradient REAL,
    dropped_bits INTEGER NOT NULL,
    dropped_bits_63 INTEGER NOT NULL,
    select_ns INTEGER NOT NULL,
    perturb_ns INTEGER NOT NULL,
    forward_ns INTEGER NOT NULL,
    update_ns INTEGER NOT NULL,
    float_bits BLOB,
    PRIMARY KEY (round_id, step)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE "step_row" (
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    step INTEGER NOT NULL CHECK (step >= 1),
    seed INTEGER NOT NULL,
    loss_plus REAL,
    loss_minus REAL,
    projected_gradient REAL,
    dropped_bits INTEGER NOT NULL,
    dropped_bits_63 INTEGER NOT NULL,
    select_ns INTEGER NOT NULL,
    perturb_ns INTEGER NOT NULL,
    forward_ns INTEGER NOT NULL,
    update_ns INTEGER NOT NULL,
    float_bits BLOB,
    PRIMARY KEY (trial_id, step)
) STRICT, WITHOUT ROWID;

CREATE TABLE "suite" (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    protocol TEXT NOT NULL,
    yaml TEXT NOT NULL,
    claims TEXT NOT NULL,
    uses_sandbox INTEGER NOT NULL CHECK (uses_sandbox IN (0, 1)),
    timing_rounds INTEGER,
    timing_warmup_steps INTEGER,
    timing_steps INTEGER,
    registered_ns INTEGER NOT NULL,
    UNIQUE (name, file_sha256, protocol)
) STRICT;

CREATE TABLE suite_artifact (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    artifact_id INTEGER NOT NULL REFERENCES artifact (id),
    PRIMARY KEY (suite_id, artifact_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE suite_timing_cell (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    cell_id INTEGER NOT NULL REFERENCES cell (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (suite_id, cell_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE suite_trial (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    cell_id INTEGER NOT NULL REFERENCES cell (id),
    data_seed INTEGER NOT NULL,
    noise_seed INTEGER NOT NULL,
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (suite_id, cell_id, data_seed, noise_seed)
) STRICT, WITHOUT ROWID;

CREATE TABLE trial (
    id INTEGER PRIMARY KEY,
    identity TEXT NOT NULL UNIQUE,
    cell_id INTEGER NOT NULL REFERENCES cell (id),
    data_seed INTEGER NOT NULL,
    noise_seed INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('planned', 'running', 'interrupted', 'done', 'failed')),
    environment_id INTEGER REFERENCES environment (id),
    failure_reason TEXT,
    failure_step INTEGER,
    failure_message TEXT,
    train_examples INTEGER,
    dev_examples INTEGER,
    test_examples INTEGER,
    data_notes TEXT,
    steps_done INTEGER,
    best_step INTEGER,
    weights_digest TEXT,
    peak_resident_bytes INTEGER,
    drift_maximum_absolute REAL,
    drift_root_mean_square REAL,
    drift_changed_share REAL,
    planned_ns INTEGER NOT NULL
, updates_told INTEGER, updates_lost INTEGER, update_intended_squares REAL, update_error_squares REAL, first_token_id INTEGER, weight_bytes INTEGER, activation_bytes INTEGER, gradient_bytes INTEGER, optimizer_state_bytes INTEGER, workspace_bytes INTEGER) STRICT;

CREATE TABLE trial_artifact (
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    artifact_id INTEGER NOT NULL REFERENCES artifact (id),
    PRIMARY KEY (trial_id, artifact_id)
) STRICT, WITHOUT ROWID;

CREATE VIEW first_order_round_view AS
SELECT suite.name AS suite, round.id AS round_id, round.round, round.position, cell.id AS cell_id, cell.model,
    cell.weights, coalesce(cell.task, cell.shape_batch || 'x' || cell.shape_tokens) AS workload,
    cell.method, cell.optimizer, cell.activations, count(*) AS timed_steps,
    avg(first_order_round_step.forward_ns) AS mean_forward_ns,
    avg(first_order_round_step.backward_ns) AS mean_backward_ns,
    avg(first_order_round_step.update_ns) AS mean_update_ns,
    avg(first_order_round_step.forward_ns + first_order_round_step.backward_ns
        + first_order_round_step.update_ns) AS mean_total_ns
FROM round JOIN suite ON suite.id = round.suite_id JOIN cell ON cell.id = round.cell_id
JOIN first_order_round_step ON first_order_round_step.round_id = round.id
GROUP BY round.id;

CREATE VIEW first_order_step_view AS
SELECT first_order_step.trial_id, cell.model, cell.task, cell.method, cell.optimizer, cell.activations,
    first_order_step.step, first_order_step.loss, first_order_step.gradient_norm,
    first_order_step.learning_rate, first_order_step.forward_ns, first_order_step.backward_ns,
    first_order_step.update_ns,
    first_order_step.forward_ns + first_order_step.backward_ns + first_order_step.update_ns AS total_ns
FROM first_order_step JOIN trial ON trial.id = first_order_step.trial_id
JOIN cell ON cell.id = trial.cell_id;

CREATE VIEW round_view AS
SELECT suite.name AS suite, round.id AS round_id, round.round, round.position, cell.id AS cell_id, cell.model,
    cell.weights, cell.storage, coalesce(cell.task, cell.shape_batch || 'x' || cell.shape_tokens) AS workload,
    cell.method, cell.sparsity, cell.tuned, cell.rounding, cell.objective, cell.plan, count(*) AS timed_steps,
    avg(round_step.select_ns) AS mean_select_ns,
    avg(round_step.perturb_ns) AS mean_perturb_ns, avg(round_step.forward_ns) AS mean_forward_ns,
    avg(round_step.update_ns) AS mean_update_ns,
    avg(round_step.select_ns + round_step.perturb_ns + round_step.forward_ns + round_step.update_ns)
        AS mean_total_ns
FROM round JOIN suite ON suite.id = round.suite_id JOIN cell ON cell.id = round.cell_id
JOIN round_step ON round_step.round_id = round.id
GROUP BY round.id;

CREATE VIEW step AS
WITH RECURSIVE digit (digit) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15)),
    place (place) AS (VALUES (0) UNION ALL SELECT place + 1 FROM place WHERE place < 1023)
SELECT trial_id, step, seed, loss_plus, loss_minus, projected_gradient, dropped_bits, dropped_bits_63, select_ns,
    perturb_ns, forward_ns, update_ns, float_bits
FROM step_row
UNION ALL
SELECT trial_id, first_step + place, (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(seed, place * (length(seed) / step_count) + 1, length(seed) / step_count)) AS hex)
JOIN digit ON digit < length(hex)), (SELECT iif(bits >> 31, -1, 1) * CASE exponent
    WHEN 0 THEN 1.0 * fraction / (1 << 62) / (1 << 62) / (1 << 25)
    WHEN 255 THEN iif(fraction = 0, 9e999, NULL)
    ELSE 1.0 * (fraction + 8388608) * (1 << max(0, min(62, exponent - 150))) * (1 << max(0, exponent - 212))
        / (1 << max(0, min(62, 150 - exponent))) / (1 << max(0, min(62, 88 - exponent)))
        / (1 << max(0, 26 - exponent)) END
FROM (SELECT bits, bits >> 23 & 255 AS exponent, bits & 8388607 AS fraction
    FROM (SELECT (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(loss_plus, place * (length(loss_plus) / step_count) + 1, length(loss_plus) / step_count)) AS hex)
JOIN digit ON digit < length(hex)) AS bits))), (SELECT iif(bits >> 31, -1, 1) * CASE exponent
    WHEN 0 THEN 1.0 * fraction / (1 << 62) / (1 << 62) / (1 << 25)
    WHEN 255 THEN iif(fraction = 0, 9e999, NULL)
    ELSE 1.0 * (fraction + 8388608) * (1 << max(0, min(62, exponent - 150))) * (1 << max(0, exponent - 212))
        / (1 << max(0, min(62, 150 - exponent))) / (1 << max(0, min(62, 88 - exponent)))
        / (1 << max(0, 26 - exponent)) END
FROM (SELECT bits, bits >> 23 & 255 AS exponent, bits & 8388607 AS fraction
    FROM (SELECT (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(loss_minus, place * (length(loss_minus) / step_count) + 1, length(loss_minus) / step_count)) AS hex)
JOIN digit ON digit < length(hex)) AS bits))),
    iif(perturbation_scale IS NULL, (SELECT iif(bits >> 31, -1, 1) * CASE exponent
    WHEN 0 THEN 1.0 * fraction / (1 << 62) / (1 << 62) / (1 << 25)
    WHEN 255 THEN iif(fraction = 0, 9e999, NULL)
    ELSE 1.0 * (fraction + 8388608) * (1 << max(0, min(62, exponent - 150))) * (1 << max(0, exponent - 212))
        / (1 << max(0, min(62, 150 - exponent))) / (1 << max(0, min(62, 88 - exponent)))
        / (1 << max(0, 26 - exponent)) END
FROM (SELECT bits, bits >> 23 & 255 AS exponent, bits & 8388607 AS fraction
    FROM (SELECT (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(projected_gradient, place * (length(projected_gradient) / step_count) + 1, length(projected_gradient) / step_count)) AS hex)
JOIN digit ON digit < length(hex)) AS bits))),
        (SELECT 536870913 * v - (536870913 * v - v) FROM (SELECT (SELECT 536870913 * v - (536870913 * v - v) FROM (SELECT (SELECT iif(bits >> 31, -1, 1) * CASE exponent
    WHEN 0 THEN 1.0 * fraction / (1 << 62) / (1 << 62) / (1 << 25)
    WHEN 255 THEN iif(fraction = 0, 9e999, NULL)
    ELSE 1.0 * (fraction + 8388608) * (1 << max(0, min(62, exponent - 150))) * (1 << max(0, exponent - 212))
        / (1 << max(0, min(62, 150 - exponent))) / (1 << max(0, min(62, 88 - exponent)))
        / (1 << max(0, 26 - exponent)) END
FROM (SELECT bits, bits >> 23 & 255 AS exponent, bits & 8388607 AS fraction
    FROM (SELECT (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(loss_plus, place * (length(loss_plus) / step_count) + 1, length(loss_plus) / step_count)) AS hex)
JOIN digit ON digit < length(hex)) AS bits))) - (SELECT iif(bits >> 31, -1, 1) * CASE exponent
    WHEN 0 THEN 1.0 * fraction / (1 << 62) / (1 << 62) / (1 << 25)
    WHEN 255 THEN iif(fraction = 0, 9e999, NULL)
    ELSE 1.0 * (fraction + 8388608) * (1 << max(0, min(62, exponent - 150))) * (1 << max(0, exponent - 212))
        / (1 << max(0, min(62, 150 - exponent))) / (1 << max(0, min(62, 88 - exponent)))
        / (1 << max(0, 26 - exponent)) END
FROM (SELECT bits, bits >> 23 & 255 AS exponent, bits & 8388607 AS fraction
    FROM (SELECT (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(loss_minus, place * (length(loss_minus) / step_count) + 1, length(loss_minus) / step_count)) AS hex)
JOIN digit ON digit < length(hex)) AS bits))) AS v)) / (2 * perturbation_scale) AS v))),
    (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(dropped_bits, place * (length(dropped_bits) / step_count) + 1, length(dropped_bits) / step_count)) AS hex)
JOIN digit ON digit < length(hex)), (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(dropped_bits_63, place * (length(dropped_bits_63) / step_count) + 1, length(dropped_bits_63) / step_count)) AS hex)
JOIN digit ON digit < length(hex)),
    least_select_ns + (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(select_ns, place * (length(select_ns) / step_count) + 1, length(select_ns) / step_count)) AS hex)
JOIN digit ON digit < length(hex)), least_perturb_ns + (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(perturb_ns, place * (length(perturb_ns) / step_count) + 1, length(perturb_ns) / step_count)) AS hex)
JOIN digit ON digit < length(hex)),
    least_forward_ns + (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(forward_ns, place * (length(forward_ns) / step_count) + 1, length(forward_ns) / step_count)) AS hex)
JOIN digit ON digit < length(hex)), least_update_ns + (SELECT coalesce(sum((instr('0123456789ABCDEF', substr(hex, digit + 1, 1)) - 1)
    << (4 * (length(hex) - 1 - digit))), 0)
FROM (SELECT hex(substr(update_ns, place * (length(update_ns) / step_count) + 1, length(update_ns) / step_count)) AS hex)
JOIN digit ON digit < length(hex)), NULL
FROM step_block JOIN place ON place < step_count;

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
    cell.learning_rate, cell.perturbation_scale, cell.noise, cell.optimizer, cell.activations, cell.tuned,
    cell.rounding, cell.objective, cell.plan, trial.data_seed, trial.noise_seed, trial.status,
    coalesce((SELECT max(step) FROM step_row WHERE step_row.trial_id = trial.id),
        (SELECT max(first_step + step_count - 1) FROM step_block WHERE step_block.trial_id = trial.id),
        (SELECT max(step) FROM first_order_step WHERE first_order_step.trial_id = trial.id)) AS steps_stored,
    cell.steps AS steps_planned,
    cell.checkpoint, trial.best_step, evaluation.metric, evaluation.value AS test_value,
    evaluation.exact_match AS test_exact_match, evaluation.loss AS test_loss,
    1.0 * trial.updates_lost / trial.updates_told AS lost_update_share,
    trial.first_token_id, trial.peak_resident_bytes, trial.weight_bytes, trial.activation_bytes,
    trial.gradient_bytes, trial.optimizer_state_bytes, trial.workspace_bytes, trial.failure_reason,
    trial.failure_step, trial.failure_message, trial.environment_id
FROM trial JOIN cell ON cell.id = trial.cell_id
LEFT JOIN evaluation ON evaluation.trial_id = trial.id AND evaluation.split = 'test';
