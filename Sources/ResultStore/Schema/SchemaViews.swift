/// The views of the schema's first version: the same rows as a person wants to read them.
let schemaVersion1Views =
    """
    CREATE VIEW step_view AS
    SELECT step.trial_id, cell.model, cell.task, cell.method, cell.sparsity, cell.learning_rate, step.step,
        format('%016x', step.seed) AS seed, step.loss_plus, step.loss_minus, step.projected_gradient,
        (WITH RECURSIVE layer (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM layer WHERE i < 125)
            SELECT coalesce(group_concat(i, ' '), '') FROM layer
            WHERE iif(i < 63, step.dropped_bits >> i, step.dropped_bits_63 >> (i - 63)) & 1) AS dropped_layers,
        step.select_ns, step.perturb_ns, step.forward_ns, step.update_ns,
        step.select_ns + step.perturb_ns + step.forward_ns + step.update_ns AS total_ns
    FROM step JOIN trial ON trial.id = step.trial_id JOIN cell ON cell.id = trial.cell_id;

    CREATE VIEW trial_view AS
    SELECT trial.id AS trial_id, cell.model, cell.weights, cell.task, cell.method, cell.sparsity,
        cell.dropped_layers, cell.layer_count, cell.learning_rate, cell.perturbation_scale, cell.noise, cell.plan,
        trial.data_seed, trial.noise_seed, trial.status,
        (SELECT max(step) FROM step WHERE step.trial_id = trial.id) AS steps_stored, cell.steps AS steps_planned,
        trial.best_step, evaluation.metric, evaluation.value AS test_value, evaluation.loss AS test_loss,
        trial.peak_resident_bytes, trial.failure_reason, trial.failure_step, trial.failure_message,
        trial.environment_id
    FROM trial JOIN cell ON cell.id = trial.cell_id
    LEFT JOIN evaluation ON evaluation.trial_id = trial.id AND evaluation.split = 'test';

    CREATE VIEW round_view AS
    SELECT suite.name AS suite, round.id AS round_id, round.round, round.position, cell.id AS cell_id, cell.model,
        cell.weights, coalesce(cell.task, cell.shape_batch || 'x' || cell.shape_tokens) AS workload, cell.method,
        cell.sparsity, cell.plan, count(*) AS timed_steps, avg(round_step.select_ns) AS mean_select_ns,
        avg(round_step.perturb_ns) AS mean_perturb_ns, avg(round_step.forward_ns) AS mean_forward_ns,
        avg(round_step.update_ns) AS mean_update_ns,
        avg(round_step.select_ns + round_step.perturb_ns + round_step.forward_ns + round_step.update_ns)
            AS mean_total_ns
    FROM round JOIN suite ON suite.id = round.suite_id JOIN cell ON cell.id = round.cell_id
    JOIN round_step ON round_step.round_id = round.id
    GROUP BY round.id;
    """
