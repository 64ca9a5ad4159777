/// The second version of the schema: how parameters are stored, what is tuned, and which BLAS was found.
///
/// New columns, NULL where an older program did not record them:
///
/// | column                                       | means                                                          |
/// |----------------------------------------------|----------------------------------------------------------------|
/// | `cell.storage`                               | `float32`, `bfloat16` or `float16`                             |
/// | `cell.tuned`, `cell.rounding`                | settings of a zeroth-order method; NULL for zero-shot          |
/// | `trial.updates_told`, `trial.updates_lost`   | element updates over all steps, and those that changed no bit  |
/// | `trial.update_intended_squares`              | sum of squares of the changes that were told                   |
/// | `trial.update_error_squares`                 | sum of squares of told minus stored changes                    |
/// | `environment.blas_core_type_as_installed`    | the kernels that BLAS chooses by itself                        |
/// | `environment.forced_blas_core_type`          | those that it was told to use; NULL when it was left to choose |
/// | `environment.blas_gigaflops`, `..._as_installed` | measured when the row was first made                       |
///
/// Cells of older programs get the settings that they ran with, in their JSON too, so that the same cell is found again.
let schemaVersion2 =
    """
    ALTER TABLE cell ADD COLUMN storage TEXT NOT NULL DEFAULT 'float32';
    ALTER TABLE cell ADD COLUMN tuned TEXT;
    ALTER TABLE cell ADD COLUMN rounding TEXT;

    UPDATE cell SET tuned = 'all', rounding = 'nearest' WHERE method <> 'zero-shot';
    UPDATE cell SET
        storage = coalesce(json_extract(json, '$.model.storage'), storage),
        tuned = coalesce(json_extract(json, '$.method.zerothOrder._0.tuned'), tuned),
        rounding = coalesce(json_extract(json, '$.method.zerothOrder._0.rounding'), rounding);
    UPDATE cell SET json = replace(
            replace(json, '}}},"model":{', ',"rounding":"nearest","tuned":"all"}}},"model":{'),
            '"weights":{', '"storage":"float32","weights":{')
        WHERE json_extract(json, '$.model.storage') IS NULL;

    ALTER TABLE trial ADD COLUMN updates_told INTEGER;
    ALTER TABLE trial ADD COLUMN updates_lost INTEGER;
    ALTER TABLE trial ADD COLUMN update_intended_squares REAL;
    ALTER TABLE trial ADD COLUMN update_error_squares REAL;

    ALTER TABLE environment ADD COLUMN blas_core_type_as_installed TEXT;
    ALTER TABLE environment ADD COLUMN forced_blas_core_type TEXT;
    ALTER TABLE environment ADD COLUMN blas_gigaflops REAL;
    ALTER TABLE environment ADD COLUMN blas_gigaflops_as_installed REAL;

    DROP VIEW trial_view;
    CREATE VIEW trial_view AS
    SELECT trial.id AS trial_id, cell.model, cell.weights, cell.storage, cell.task, cell.method, cell.sparsity,
        cell.dropped_layers, cell.layer_count, cell.learning_rate, cell.perturbation_scale, cell.noise, cell.tuned,
        cell.rounding, cell.plan, trial.data_seed, trial.noise_seed, trial.status,
        (SELECT max(step) FROM step WHERE step.trial_id = trial.id) AS steps_stored, cell.steps AS steps_planned,
        trial.best_step, evaluation.metric, evaluation.value AS test_value, evaluation.loss AS test_loss,
        1.0 * trial.updates_lost / trial.updates_told AS lost_update_share,
        trial.peak_resident_bytes, trial.failure_reason, trial.failure_step, trial.failure_message,
        trial.environment_id
    FROM trial JOIN cell ON cell.id = trial.cell_id
    LEFT JOIN evaluation ON evaluation.trial_id = trial.id AND evaluation.split = 'test';

    DROP VIEW round_view;
    CREATE VIEW round_view AS
    SELECT suite.name AS suite, round.id AS round_id, round.round, round.position, cell.id AS cell_id, cell.model,
        cell.weights, cell.storage, coalesce(cell.task, cell.shape_batch || 'x' || cell.shape_tokens) AS workload,
        cell.method, cell.sparsity, cell.tuned, cell.rounding, cell.plan, count(*) AS timed_steps,
        avg(round_step.select_ns) AS mean_select_ns,
        avg(round_step.perturb_ns) AS mean_perturb_ns, avg(round_step.forward_ns) AS mean_forward_ns,
        avg(round_step.update_ns) AS mean_update_ns,
        avg(round_step.select_ns + round_step.perturb_ns + round_step.forward_ns + round_step.update_ns)
            AS mean_total_ns
    FROM round JOIN suite ON suite.id = round.suite_id JOIN cell ON cell.id = round.cell_id
    JOIN round_step ON round_step.round_id = round.id
    GROUP BY round.id;
    """
