/// The third version of the schema: evaluation in context, other objectives and checkpoint rules, all metrics.
///
/// New columns, and what they hold for rows of older programs:
///
/// | column                                    | means                                                    | older rows        |
/// |-------------------------------------------|----------------------------------------------------------|-------------------|
/// | `cell.demonstrations`                     | demonstrations before each test example; NULL for none   | NULL              |
/// | `cell.demonstration_draw`                 | `per-example` or `fixed-set`; NULL without any           | NULL              |
/// | `cell.calibrated`                         | whether option scores are; NULL for a trained method     | 0 for zero-shot   |
/// | `cell.objective`                          | `log-likelihood` or `metric`                             | `log-likelihood`  |
/// | `cell.checkpoint`                         | `dev-loss` or `dev-metric`                               | `dev-loss`        |
/// | `cell.first_token`                        | what texts begin with: `published` or `tokenizer`        | `published`       |
/// | `cell.titles`                             | `cut` or `kept`, for tasks whose archive has titles      | by the task       |
/// | `trial.first_token_id`                    | the id that its texts begin with; NULL for none          | NULL              |
/// | `suite.protocol`                          | the protocol chosen; empty without a choice              | empty             |
/// | `evaluation.exact_match`                  | share of generated answers that are accepted ones        | NULL              |
/// | `prediction.exact_match`                  | 1 when a generated answer is an accepted one, else 0     | NULL              |
/// | `prediction.gold_options`                 | all right options as JSON; NULL when only one is         | NULL              |
///
/// `cell.method` is no longer limited to the methods of the first version, and may be `in-context`. A suite file is a row
/// for each protocol that was run. For both the tables are made anew, since SQLite cannot take a check or a constraint
/// off. A cell's JSON stays as it was. `trial.failure_reason` may be `unavailable`: the archive at hand lacks a split that
/// the trial needs, so it was never begun.
let schemaVersion3 =
    """
    DROP VIEW step_view;
    DROP VIEW trial_view;
    DROP VIEW round_view;

    CREATE TABLE new_suite (
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
    INSERT INTO new_suite (id, name, title, file_name, file_sha256, protocol, yaml, claims, uses_sandbox,
        timing_rounds, timing_warmup_steps, timing_steps, registered_ns)
    SELECT id, name, title, file_name, file_sha256, '', yaml, claims, uses_sandbox, timing_rounds,
        timing_warmup_steps, timing_steps, registered_ns
    FROM suite;
    DROP TABLE suite;
    ALTER TABLE new_suite RENAME TO suite;

    CREATE TABLE new_cell (
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
    ) STRICT;
    INSERT INTO new_cell (id, model, weights, storage, first_token, task, titles, train_examples, dev_examples, test_examples, shape_batch,
        shape_tokens, method, calibrated, sparsity, dropped_layers, layer_count, learning_rate, perturbation_scale,
        noise, tuned, rounding, objective, plan, steps, batch_size, eval_every, checkpoint, layer_parameter_count,
        parameter_count, json)
    SELECT id, model, weights, storage, 'published', task,
        CASE task WHEN 'boolq' THEN 'cut' WHEN 'boolq-with-titles' THEN 'kept' END, train_examples, dev_examples,
        test_examples, shape_batch, shape_tokens, method, iif(method = 'zero-shot', 0, NULL), sparsity, dropped_layers, layer_count, learning_rate,
        perturbation_scale, noise, tuned, rounding, 'log-likelihood', plan, steps, batch_size, eval_every, 'dev-loss',
        layer_parameter_count, parameter_count, json
    FROM cell;
    DROP TABLE cell;
    ALTER TABLE new_cell RENAME TO cell;

    ALTER TABLE trial ADD COLUMN first_token_id INTEGER;
    ALTER TABLE evaluation ADD COLUMN exact_match REAL;
    ALTER TABLE prediction ADD COLUMN gold_options TEXT;
    ALTER TABLE prediction ADD COLUMN exact_match REAL;

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
        (SELECT max(step) FROM step WHERE step.trial_id = trial.id) AS steps_stored, cell.steps AS steps_planned,
        cell.checkpoint, trial.best_step, evaluation.metric, evaluation.value AS test_value,
        evaluation.exact_match AS test_exact_match, evaluation.loss AS test_loss,
        1.0 * trial.updates_lost / trial.updates_told AS lost_update_share,
        trial.first_token_id, trial.peak_resident_bytes, trial.failure_reason, trial.failure_step, trial.failure_message,
        trial.environment_id
    FROM trial JOIN cell ON cell.id = trial.cell_id
    LEFT JOIN evaluation ON evaluation.trial_id = trial.id AND evaluation.split = 'test';

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
    """
