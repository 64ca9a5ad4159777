/// The first version of the schema.
///
/// How the tables hang together:
///
/// | table              | one row is                                                                              |
/// |--------------------|-----------------------------------------------------------------------------------------|
/// | `suite`            | a suite file as it was, known by name and SHA-256; an edited file is a new row          |
/// | `environment`      | a machine, build and libraries                                                          |
/// | `artifact`         | an archive, weight file or vocabulary, known by its SHA-256                             |
/// | `suite_artifact`   | that a suite used an artifact                                                           |
/// | `cell`             | a point of a matrix without seeds, with readable columns beside its canonical JSON      |
/// | `trial`            | a cell with seeds and inputs, known by its identity; shared by suites that name it      |
/// | `trial_artifact`   | that a trial read an artifact                                                           |
/// | `suite_trial`      | that a suite wants this trial at this point; other inputs later point it elsewhere      |
/// | `suite_timing_cell`| that a suite times this cell                                                            |
/// | `attempt`          | one run of a trial: from its start or resumption to its end                             |
/// | `step`             | one optimizer step of a trial                                                           |
/// | `evaluation`       | one evaluation of a trial                                                               |
/// | `prediction`       | the answer to one example of an evaluation                                              |
/// | `round`            | one timing round of a cell, in a suite                                                  |
/// | `round_step`       | one timed step of a round                                                               |
///
/// Names end in `_ns` for nanoseconds (points in time since 1970 in UTC, durations from a monotonic clock).
/// `select_ns`, `perturb_ns`, `forward_ns` and `update_ns` are the phases of a step:
/// `SELECT perturb_ns FROM step WHERE trial_id = 3 AND step = 17`.
///
/// Seeds of 64 bits are stored as SQLite's signed integers with the same bits.
/// Losses and gradients are float32 widened to REAL, which holds them exactly. REAL cannot hold a NaN (it becomes
/// NULL) or a negative zero; a step with one of those keeps the bits of `loss_plus`, `loss_minus` and
/// `projected_gradient`, little-endian, in `float_bits`, which is NULL otherwise. In `evaluation` NULL stands for NaN.
/// Bit i of `dropped_bits` says that layer i was dropped (i up to 62); bit i of `dropped_bits_63` says the same of
/// layer 63 + i. The view `step_view` spells the layers out.
let schemaVersion1 =
    """
    CREATE TABLE suite (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        title TEXT NOT NULL,
        file_name TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        yaml TEXT NOT NULL,
        claims TEXT NOT NULL,
        uses_sandbox INTEGER NOT NULL CHECK (uses_sandbox IN (0, 1)),
        timing_rounds INTEGER,
        timing_warmup_steps INTEGER,
        timing_steps INTEGER,
        registered_ns INTEGER NOT NULL,
        UNIQUE (name, file_sha256)
    ) STRICT;

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
    ) STRICT;

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

    CREATE TABLE suite_artifact (
        suite_id INTEGER NOT NULL REFERENCES suite (id),
        artifact_id INTEGER NOT NULL REFERENCES artifact (id),
        PRIMARY KEY (suite_id, artifact_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cell (
        id INTEGER PRIMARY KEY,
        model TEXT NOT NULL,
        weights TEXT NOT NULL,
        task TEXT,
        train_examples INTEGER,
        dev_examples INTEGER,
        test_examples INTEGER,
        shape_batch INTEGER,
        shape_tokens INTEGER,
        method TEXT NOT NULL CHECK (method IN ('zero-shot', 'mezo', 'lezo')),
        sparsity REAL,
        dropped_layers INTEGER,
        layer_count INTEGER NOT NULL,
        learning_rate REAL,
        perturbation_scale REAL,
        noise TEXT,
        plan TEXT NOT NULL,
        steps INTEGER NOT NULL,
        batch_size INTEGER NOT NULL,
        eval_every INTEGER NOT NULL,
        layer_parameter_count INTEGER NOT NULL,
        parameter_count INTEGER NOT NULL,
        json TEXT NOT NULL UNIQUE
    ) STRICT;

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
    ) STRICT;

    CREATE INDEX trial_by_cell ON trial (cell_id);

    CREATE TABLE trial_artifact (
        trial_id INTEGER NOT NULL REFERENCES trial (id),
        artifact_id INTEGER NOT NULL REFERENCES artifact (id),
        PRIMARY KEY (trial_id, artifact_id)
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

    CREATE TABLE suite_timing_cell (
        suite_id INTEGER NOT NULL REFERENCES suite (id),
        cell_id INTEGER NOT NULL REFERENCES cell (id),
        position INTEGER NOT NULL,
        PRIMARY KEY (suite_id, cell_id)
    ) STRICT, WITHOUT ROWID;

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

    CREATE INDEX attempt_by_trial ON attempt (trial_id);

    CREATE TABLE step (
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

    CREATE TABLE evaluation (
        id INTEGER PRIMARY KEY,
        trial_id INTEGER NOT NULL REFERENCES trial (id),
        step INTEGER NOT NULL CHECK (step >= 0),
        split TEXT NOT NULL CHECK (split IN ('dev', 'test')),
        loss REAL,
        metric TEXT NOT NULL,
        value REAL,
        evaluation_ns INTEGER NOT NULL,
        UNIQUE (trial_id, step, split)
    ) STRICT;

    CREATE TABLE prediction (
        evaluation_id INTEGER NOT NULL REFERENCES evaluation (id),
        position INTEGER NOT NULL,
        example TEXT NOT NULL,
        chosen_option INTEGER,
        gold_option INTEGER,
        option_scores TEXT NOT NULL,
        generated_text TEXT,
        score REAL,
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
        recorded_ns INTEGER NOT NULL,
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
    """ + "\n\n" + schemaVersion1Views
