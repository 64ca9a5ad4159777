-- A database as the program of schema version 3 left it: a run of the suite in it, dumped with sqlite3's .dump; what the
-- last trial did after its first step is taken out, as if it had been stopped there.
PRAGMA foreign_keys=OFF;
PRAGMA application_id=1281710671;
PRAGMA user_version=3;
BEGIN TRANSACTION;
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
INSERT INTO environment VALUES(1,'Intel(R) Xeon(R) Processor',2,25276530688,'avx512','OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64','SkylakeX','SkylakeX',2,'Debian GNU/Linux 12 (bookworm), Linux 6.18.44-fc-v470, x86_64','Swift 6.3.1','release','4e624254ca06563d5b82f651d65c09c65dfcff9f',1,'{"blasCoreType":"SkylakeX","blasCoreTypeAsInstalled":"Prescott","blasVersion":"OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64","buildConfiguration":"release","compiler":"Swift 6.3.1","expectedBLASCoreType":"SkylakeX","forcedBLASCoreType":"SkylakeX","gitCommit":"4e624254ca06563d5b82f651d65c09c65dfcff9f","gitIsDirty":true,"kernelInstructionSet":"avx512","memoryBytes":25276530688,"operatingSystem":"Debian GNU/Linux 12 (bookworm), Linux 6.18.44-fc-v470, x86_64","processor":"Intel(R) Xeon(R) Processor","processorCount":2,"threadCount":2}','Prescott','SkylakeX',46.750859084871358105,15.511616093080055733);
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
INSERT INTO artifact VALUES(1,'weights','sandbox-opt','model.safetensors','e0befe3d0b646dc20431444285c13211dabcda99f582bcf604703e5b968e4232',2618168,'The sandbox wrote these weights from a seed: they are random, nothing was pretrained.');
INSERT INTO artifact VALUES(2,'vocabulary','sandbox-opt','vocabulary beside model.safetensors','a46922f55309fa9e4b2956e117c717a9f5b4eba36aa886ff44e5f86f56d10a1d',0,NULL);
INSERT INTO artifact VALUES(3,'archive','sst2','SST-2.zip','e856668dfc8c7091f8963a633c8de512903451e911852ecc55c71bd7f01df87e',114443,NULL);
CREATE TABLE suite_artifact (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    artifact_id INTEGER NOT NULL REFERENCES artifact (id),
    PRIMARY KEY (suite_id, artifact_id)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_artifact VALUES(1,1);
INSERT INTO suite_artifact VALUES(1,2);
INSERT INTO suite_artifact VALUES(1,3);
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
, updates_told INTEGER, updates_lost INTEGER, update_intended_squares REAL, update_error_squares REAL, first_token_id INTEGER) STRICT;
INSERT INTO trial VALUES(1,'2c85e9fdb5dc38ceac27250dbfff429ed8557fe0064272b4b9210295ad435d2d',1,0,0,'done',1,NULL,NULL,NULL,8,2,2,'[]',0,0,'0dbe3d23c0028b5c498c84dc12e50d06617bbb21edb09f7865deb2396a76f7b2',44101632,NULL,NULL,NULL,1795270123846788163,NULL,NULL,NULL,NULL,0);
INSERT INTO trial VALUES(2,'a06e660aa487864c31a31f0922035129ada2336d61265cc296c732c723d2795d',2,0,0,'done',1,NULL,NULL,NULL,8,2,2,'[]',2,2,'9a8e4a015402862976b1f3e57ed7ad280daf875d65bc414d22c735f8dc629345',44855296,1.1920928955078125e-07,2.7617451665072311997e-09,0.46365000246451104626,1795270123853247036,NULL,NULL,NULL,NULL,0);
INSERT INTO trial VALUES(3,'2feb79a2ce60447f65f9e9fc6605620e85efa68aca25c5ce907b6cb029583493',3,0,0,'interrupted',1,NULL,NULL,NULL,8,2,2,'[]',NULL,NULL,NULL,44703744,NULL,NULL,NULL,1795270123853721939,NULL,NULL,NULL,NULL,0);
CREATE TABLE trial_artifact (
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    artifact_id INTEGER NOT NULL REFERENCES artifact (id),
    PRIMARY KEY (trial_id, artifact_id)
) STRICT, WITHOUT ROWID;
INSERT INTO trial_artifact VALUES(1,1);
INSERT INTO trial_artifact VALUES(1,2);
INSERT INTO trial_artifact VALUES(1,3);
INSERT INTO trial_artifact VALUES(2,1);
INSERT INTO trial_artifact VALUES(2,2);
INSERT INTO trial_artifact VALUES(2,3);
INSERT INTO trial_artifact VALUES(3,1);
INSERT INTO trial_artifact VALUES(3,2);
INSERT INTO trial_artifact VALUES(3,3);
CREATE TABLE suite_trial (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    cell_id INTEGER NOT NULL REFERENCES cell (id),
    data_seed INTEGER NOT NULL,
    noise_seed INTEGER NOT NULL,
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (suite_id, cell_id, data_seed, noise_seed)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_trial VALUES(1,1,0,0,1,0);
INSERT INTO suite_trial VALUES(1,2,0,0,2,1);
INSERT INTO suite_trial VALUES(1,3,0,0,3,2);
CREATE TABLE suite_timing_cell (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    cell_id INTEGER NOT NULL REFERENCES cell (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (suite_id, cell_id)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_timing_cell VALUES(1,2,0);
INSERT INTO suite_timing_cell VALUES(1,3,1);
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
INSERT INTO attempt VALUES(1,1,1,0,1795270124084404530,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":2.0687365748987347}',7.0999999999999996447,1795270124282682782,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":1.898211979226168}',7.0999999999999996447,'done',NULL);
INSERT INTO attempt VALUES(2,2,1,0,1795270124503594304,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":2.0524886083850147}',7.0999999999999996447,1795270124803691311,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":2.0980614541582012}',7.0999999999999996447,'done',NULL);
INSERT INTO attempt VALUES(3,3,1,0,1795270125012280248,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":1.9946110197850753}',7.0999999999999996447,1795270125233331449,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":1.9974561397332429}',7.0999999999999996447,'interrupted',NULL);
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
INSERT INTO step VALUES(2,1,-2754094186855860578,0.63949459791183471679,0.63033890724182128906,4.5778450965881347656,0,0,6186,16642523,16750056,451485,NULL);
INSERT INTO step VALUES(2,2,-4734482274014588013,0.64448463916778564453,0.64341008663177490234,0.53727626800537109375,0,0,4810,1451036,9507495,464130,NULL);
INSERT INTO step VALUES(3,1,-2754094186855860578,0.64040005207061767578,0.62819373607635498046,6.1031575202941894531,1407,0,12688,541022,31210267,139206,NULL);
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
INSERT INTO evaluation VALUES(1,1,0,'dev',0.68611249397165430252,'accuracy',0.5,2098276,NULL);
INSERT INTO evaluation VALUES(2,1,0,'test',0.71403500532531838373,'accuracy',0.5,1060141,NULL);
INSERT INTO evaluation VALUES(3,2,1,'dev',0.68550664544388562049,'accuracy',0.5,13181109,NULL);
INSERT INTO evaluation VALUES(4,2,2,'dev',0.68549487219935301141,'accuracy',0.5,1020654,NULL);
INSERT INTO evaluation VALUES(5,2,2,'test',0.71701743907806658739,'accuracy',0.5,14759371,NULL);
INSERT INTO evaluation VALUES(6,3,1,'dev',0.68651517837649045361,'accuracy',0.5,1109245,NULL);
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
INSERT INTO prediction VALUES(1,0,'train:1857',1,0,'[-6.359164,-6.2337346]',NULL,0.0,NULL,NULL);
INSERT INTO prediction VALUES(1,1,'train:18',1,1,'[-6.3711734,-6.2069387]',NULL,1.0,NULL,NULL);
INSERT INTO prediction VALUES(2,0,'validation:90',0,0,'[-6.2345214,-6.279856]',NULL,1.0,NULL,NULL);
INSERT INTO prediction VALUES(2,1,'validation:254',0,1,'[-6.1953287,-6.3198285]',NULL,0.0,NULL,NULL);
INSERT INTO prediction VALUES(3,0,'train:1857',1,0,'[-6.356122,-6.2340693]',NULL,0.0,NULL,NULL);
INSERT INTO prediction VALUES(3,1,'train:18',1,1,'[-6.3710685,-6.2080994]',NULL,1.0,NULL,NULL);
INSERT INTO prediction VALUES(4,0,'train:1857',1,0,'[-6.3548927,-6.231903]',NULL,0.0,NULL,NULL);
INSERT INTO prediction VALUES(4,1,'train:18',1,1,'[-6.370092,-6.205989]',NULL,1.0,NULL,NULL);
INSERT INTO prediction VALUES(5,0,'validation:90',0,0,'[-6.2292743,-6.2755475]',NULL,1.0,NULL,NULL);
INSERT INTO prediction VALUES(5,1,'validation:254',0,1,'[-6.1822147,-6.318775]',NULL,0.0,NULL,NULL);
INSERT INTO prediction VALUES(6,0,'train:1857',1,0,'[-6.3584366,-6.2334876]',NULL,0.0,NULL,NULL);
INSERT INTO prediction VALUES(6,1,'train:18',1,1,'[-6.370602,-6.208677]',NULL,1.0,NULL,NULL);
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
INSERT INTO round VALUES(1,1,2,1,0,1,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":2.114418483481515}','{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":1.9972248361179659}',7.0999999999999996447,7.0999999999999996447,0,44048384,1795270125861658302);
INSERT INTO round VALUES(2,1,3,1,1,1,'{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":1.9952381645963742}','{"loadAverage1":7.1,"loadAverage15":5.12,"loadAverage5":6.94,"meanMegahertz":2299.998,"otherBusyProcessors":1.9978689531024838}',7.0999999999999996447,7.0999999999999996447,0,44236800,1795270126282382802);
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
INSERT INTO round_step VALUES(1,1,-1132003844648887473,0.74610859155654907226,0.70543432235717773437,20.337133407592773437,0,0,14820,13761714,4958070,488954,NULL);
INSERT INTO round_step VALUES(2,1,-1132003844648887473,0.73083603382110595703,0.72301971912384033203,3.9081571102142333984,2303,0,9441,552125,13353349,138995,NULL);
CREATE TABLE IF NOT EXISTS "suite" (
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
INSERT INTO suite VALUES(1,'version-3','A small suite stored by the third schema','version-3.yaml','611fe6c9b422e38278ed23b946fb19925668686d3abfdfaca21a3b824275f6d7','',replace('suite: version-3\ntitle: A small suite stored by the third schema\nclaims: [LEZO-phase]\nsandbox: true\nmodels:\n  - {name: sandbox-opt}\ntasks:\n  - {name: sst2, archives: [SST-2.zip], train_examples: 8, dev_examples: 2, test_examples: 2}\nmethods:\n  - zero-shot\n  - {lezo: {sparsity: [0, 0.75], learning_rate: [1.0e-4], perturbation_scale: 1.0e-3}}\nschedule: {steps: 2, batch_size: 2, eval_every: 1}\nseeds: {data: [0], noise: [0]}\ntiming: {rounds: 1, warmup_steps: 0, steps: 1}\n','\n',char(10)),'["LEZO-phase"]',1,1,0,1,1795270123832421651);
CREATE TABLE IF NOT EXISTS "cell" (
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
INSERT INTO cell VALUES(1,'sandbox-opt','file','float32','published','sst2',NULL,8,2,2,NULL,NULL,'zero-shot',NULL,NULL,0,NULL,NULL,12,NULL,NULL,NULL,NULL,NULL,'log-likelihood','reference',0,1,1,'dev-loss',599808,649216,'{"method":{"zeroShot":{}},"model":{"name":"sandbox-opt","storage":"float32","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":1,"evaluateEvery":1,"steps":0},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":8}}}');
INSERT INTO cell VALUES(2,'sandbox-opt','file','float32','published','sst2',NULL,8,2,2,NULL,NULL,'mezo',NULL,NULL,NULL,0.0,0,12,0.00010000000000000000479,0.0010000000000000000208,'gaussian','all','nearest','log-likelihood','reference',2,2,1,'dev-loss',599808,649216,'{"method":{"zerothOrder":{"_0":{"droppedLayerCount":0,"learningRate":0.0001,"noise":"gaussian","perturbationScale":0.001,"rounding":"nearest","tuned":"all"}}},"model":{"name":"sandbox-opt","storage":"float32","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":2,"evaluateEvery":1,"steps":2},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":8}}}');
INSERT INTO cell VALUES(3,'sandbox-opt','file','float32','published','sst2',NULL,8,2,2,NULL,NULL,'lezo',NULL,NULL,NULL,0.75,9,12,0.00010000000000000000479,0.0010000000000000000208,'gaussian','all','nearest','log-likelihood','reference',2,2,1,'dev-loss',599808,649216,'{"method":{"zerothOrder":{"_0":{"droppedLayerCount":9,"learningRate":0.0001,"noise":"gaussian","perturbationScale":0.001,"rounding":"nearest","tuned":"all"}}},"model":{"name":"sandbox-opt","storage":"float32","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":2,"evaluateEvery":1,"steps":2},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":8}}}');
CREATE INDEX trial_by_cell ON trial (cell_id);
CREATE INDEX attempt_by_trial ON attempt (trial_id);
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
COMMIT;
