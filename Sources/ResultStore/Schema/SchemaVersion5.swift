/// The fifth version of the schema: fine-tuning by gradients, and what memory is used for.
///
/// New tables:
///
/// | table                    | one row is                                             |
/// |--------------------------|--------------------------------------------------------|
/// | `first_order_step`       | one step of fine-tuning of a trial                     |
/// | `first_order_round_step` | one timed step of fine-tuning of a round               |
///
/// Their phases are `forward_ns`, `backward_ns` and `update_ns`. `loss` is float32 widened to REAL; a step whose loss or
/// gradient is not finite ends its trial and has no row. A trial has steps of one kind alone. What is in
/// `first_order_step` cannot be replayed: a trial that was stopped is run again from its beginning, and its steps must
/// come out as they are stored.
///
/// New columns, NULL for other methods and where an older program did not record them:
///
/// | column                                                      | means                                              |
/// |-------------------------------------------------------------|----------------------------------------------------|
/// | `cell.optimizer`                                            | `sgd`, `adam` or `adamw`                           |
/// | `cell.learning_rate_schedule`, `cell.warmup_steps`          | `constant` or `linear`, and the steps before it    |
/// | `cell.weight_decay`, `cell.maximum_gradient_norm`           | as in the suite; NULL for a norm without limit     |
/// | `cell.activations`                                          | `kept` or `recomputed`                             |
/// | `weight_bytes`, `activation_bytes`, `gradient_bytes`,       | of `trial` and `round`: the parts of the counted   |
/// | `optimizer_state_bytes`, `workspace_bytes`                  | memory when it was largest                         |
///
/// `cell.method` may be `fine-tuning`, `cell.learning_rate` is then the highest of its schedule.
let schemaVersion5 =
    """
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

    ALTER TABLE cell ADD COLUMN optimizer TEXT;
    ALTER TABLE cell ADD COLUMN learning_rate_schedule TEXT;
    ALTER TABLE cell ADD COLUMN warmup_steps INTEGER;
    ALTER TABLE cell ADD COLUMN weight_decay REAL;
    ALTER TABLE cell ADD COLUMN maximum_gradient_norm REAL;
    ALTER TABLE cell ADD COLUMN activations TEXT;

    ALTER TABLE trial ADD COLUMN weight_bytes INTEGER;
    ALTER TABLE trial ADD COLUMN activation_bytes INTEGER;
    ALTER TABLE trial ADD COLUMN gradient_bytes INTEGER;
    ALTER TABLE trial ADD COLUMN optimizer_state_bytes INTEGER;
    ALTER TABLE trial ADD COLUMN workspace_bytes INTEGER;

    ALTER TABLE round ADD COLUMN weight_bytes INTEGER;
    ALTER TABLE round ADD COLUMN activation_bytes INTEGER;
    ALTER TABLE round ADD COLUMN gradient_bytes INTEGER;
    ALTER TABLE round ADD COLUMN optimizer_state_bytes INTEGER;
    ALTER TABLE round ADD COLUMN workspace_bytes INTEGER;

    CREATE VIEW first_order_step_view AS
    SELECT first_order_step.trial_id, cell.model, cell.task, cell.method, cell.optimizer, cell.activations,
        first_order_step.step, first_order_step.loss, first_order_step.gradient_norm,
        first_order_step.learning_rate, first_order_step.forward_ns, first_order_step.backward_ns,
        first_order_step.update_ns,
        first_order_step.forward_ns + first_order_step.backward_ns + first_order_step.update_ns AS total_ns
    FROM first_order_step JOIN trial ON trial.id = first_order_step.trial_id
    JOIN cell ON cell.id = trial.cell_id;

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

    DROP VIEW trial_view;
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
    """
