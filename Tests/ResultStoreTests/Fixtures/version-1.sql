-- A database as the program of schema version 1 left it: a run of the suite in it, dumped with sqlite3's .dump.
PRAGMA foreign_keys=OFF;
PRAGMA application_id=1281710671;
PRAGMA user_version=1;
BEGIN TRANSACTION;
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
INSERT INTO suite VALUES(1,'version-1','A small suite stored by the first schema','version-1.yaml','779a8d71080803030039fc765c572a663e9f20de9f586139161ff9aa503a5dc2',replace('suite: version-1\ntitle: A small suite stored by the first schema\nclaims: [LEZO-phase]\nsandbox: true\nmodels:\n  - {name: sandbox-opt}\ntasks:\n  - {name: sst2, archives: [SST-2.zip], train_examples: 4, dev_examples: 2, test_examples: 2}\nmethods:\n  - zero-shot\n  - {mezo: {learning_rate: 2.0e-5, perturbation_scale: 1.0e-3}}\n  - {lezo: {sparsity: 0.75, learning_rate: 0.5, perturbation_scale: 1.0e-3, noise: rademacher}}\nschedule: {steps: 2, batch_size: 2, eval_every: 1}\ntiming: {rounds: 1, warmup_steps: 0, steps: 1}\n','\n',char(10)),'["LEZO-phase"]',1,1,0,1,1795247046686765026);
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
INSERT INTO environment VALUES(1,'Intel(R) Xeon(R) Processor',2,25276530688,'avx512','OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64','SkylakeX','SkylakeX',2,'Debian GNU/Linux 12 (bookworm), Linux 6.18.44-fc-v470, x86_64','Swift 6.3.1','release','unknown',NULL,'{"blasCoreType":"SkylakeX","blasVersion":"OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64","buildConfiguration":"release","compiler":"Swift 6.3.1","expectedBLASCoreType":"SkylakeX","gitCommit":"unknown","kernelInstructionSet":"avx512","memoryBytes":25276530688,"operatingSystem":"Debian GNU/Linux 12 (bookworm), Linux 6.18.44-fc-v470, x86_64","processor":"Intel(R) Xeon(R) Processor","processorCount":2,"threadCount":2}');
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
INSERT INTO cell VALUES(1,'sandbox-opt','file','sst2',4,2,2,NULL,NULL,'zero-shot',NULL,NULL,12,NULL,NULL,NULL,'reference',0,1,1,599808,649216,'{"method":{"zeroShot":{}},"model":{"name":"sandbox-opt","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":1,"evaluateEvery":1,"steps":0},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":4}}}');
INSERT INTO cell VALUES(2,'sandbox-opt','file','sst2',4,2,2,NULL,NULL,'mezo',0.0,0,12,2.0000000000000001634e-05,0.0010000000000000000208,'gaussian','reference',2,2,1,599808,649216,'{"method":{"zerothOrder":{"_0":{"droppedLayerCount":0,"learningRate":2e-05,"noise":"gaussian","perturbationScale":0.001}}},"model":{"name":"sandbox-opt","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":2,"evaluateEvery":1,"steps":2},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":4}}}');
INSERT INTO cell VALUES(3,'sandbox-opt','file','sst2',4,2,2,NULL,NULL,'lezo',0.75,9,12,0.5,0.0010000000000000000208,'rademacher','reference',2,2,1,599808,649216,'{"method":{"zerothOrder":{"_0":{"droppedLayerCount":9,"learningRate":0.5,"noise":"rademacher","perturbationScale":0.001}}},"model":{"name":"sandbox-opt","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":2,"evaluateEvery":1,"steps":2},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":4}}}');
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
INSERT INTO trial VALUES(1,'decb2a79f03265bdab7177c73369d2f4063eeac74e884a3ce62303c24baf2da9',1,0,0,'done',1,NULL,NULL,NULL,4,2,2,'[]',0,0,'0dbe3d23c0028b5c498c84dc12e50d06617bbb21edb09f7865deb2396a76f7b2',42487808,NULL,NULL,NULL,1795247046692101205);
INSERT INTO trial VALUES(2,'e7e711614d71b74cf3b52d32a7b3d5c0c8fdacf63af3389d754094709d3d20f3',2,0,0,'done',1,NULL,NULL,NULL,4,2,2,'[]',2,1,'4b467e7d1ec49c25fb61ad0253647c0d7f32c5cbb958d25e300913805b28caf1',43331584,1.1920928955078125e-07,2.7831601590620582721e-09,0.46710955983832808113,1795247046692488264);
INSERT INTO trial VALUES(3,'63ebc44b2b7a60174cdba86a297a93a50b36a9dc9a004401ce48275c28dbb5c1',3,0,0,'done',1,NULL,NULL,NULL,4,2,2,'[]',2,1,'6b8722fb61bc490add9431ef167085f552aec6b1aed46ed0dbe9da825277c2c1',43069440,1.52587890625e-05,8.4556008668514861734e-06,0.30707807570977918576,1795247046692742738);
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
INSERT INTO attempt VALUES(1,1,1,0,1795247046799776600,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.9057465041557853}',2.2000000000000001776,1795247046837645983,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.9686391065591275}',2.2000000000000001776,'done',NULL);
INSERT INTO attempt VALUES(2,2,1,0,1795247047040950286,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.9954241731032067}',2.2000000000000001776,1795247047118455511,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.7967067981426164}',2.2000000000000001776,'done',NULL);
INSERT INTO attempt VALUES(3,3,1,0,1795247047320067813,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.9962205954710068}',2.2000000000000001776,1795247047373339150,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.7963663102276712}',2.2000000000000001776,'done',NULL);
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
INSERT INTO step VALUES(2,1,-2754094186855860578,0.63348239660263061523,0.63176274299621582031,0.85982674360275268554,0,0,12486,1192736,5115192,348779,NULL);
INSERT INTO step VALUES(2,2,-4734482274014588013,0.78238075971603393554,0.78965979814529418945,-3.6395189762115478515,0,0,3252,986687,7668412,349084,NULL);
INSERT INTO step VALUES(3,1,-2754094186855860578,0.63382136821746826171,0.63036376237869262695,1.728802800178527832,1407,0,64403,159845,3763932,15353,NULL);
INSERT INTO step VALUES(3,2,-4734482274014588013,2.5752336978912353515,1.921216130256652832,327.00875854492187499,2814,0,7006,72756,3563650,16103,NULL);
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
INSERT INTO evaluation VALUES(1,1,0,'dev',0.61081769118674289487,'accuracy',1.0,1834197);
INSERT INTO evaluation VALUES(2,1,0,'test',0.71403500532531838373,'accuracy',0.5,1292463);
INSERT INTO evaluation VALUES(3,2,1,'dev',0.61077127924224106081,'accuracy',1.0,6017473);
INSERT INTO evaluation VALUES(4,2,2,'dev',0.61097925668777364194,'accuracy',1.0,2189786);
INSERT INTO evaluation VALUES(5,2,1,'test',0.71413740739965536619,'accuracy',0.5,1339868);
INSERT INTO evaluation VALUES(6,3,1,'dev',0.52737803539011807174,'accuracy',0.5,1751890);
INSERT INTO evaluation VALUES(7,3,2,'dev',275439.68749999999999,'accuracy',0.5,1671291);
INSERT INTO evaluation VALUES(8,3,1,'test',0.04824277290016709685,'accuracy',1.0,1385607);
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
INSERT INTO prediction VALUES(1,0,'train:1754',1,1,'[-6.3619695,-6.2233896]',NULL,1.0);
INSERT INTO prediction VALUES(1,1,'train:1178',0,0,'[-6.157046,-6.363186]',NULL,1.0);
INSERT INTO prediction VALUES(2,0,'validation:90',0,0,'[-6.2345214,-6.279856]',NULL,1.0);
INSERT INTO prediction VALUES(2,1,'validation:254',0,1,'[-6.1953287,-6.3198285]',NULL,0.0);
INSERT INTO prediction VALUES(3,0,'train:1754',1,1,'[-6.362238,-6.223314]',NULL,1.0);
INSERT INTO prediction VALUES(3,1,'train:1178',0,0,'[-6.1568575,-6.3628473]',NULL,1.0);
INSERT INTO prediction VALUES(4,0,'train:1754',1,1,'[-6.363343,-6.2248163]',NULL,1.0);
INSERT INTO prediction VALUES(4,1,'train:1178',0,0,'[-6.160151,-6.3656263]',NULL,1.0);
INSERT INTO prediction VALUES(5,0,'validation:90',0,0,'[-6.2343664,-6.2798123]',NULL,1.0);
INSERT INTO prediction VALUES(5,1,'validation:254',0,1,'[-6.194993,-6.3199806]',NULL,0.0);
INSERT INTO prediction VALUES(6,0,'train:1754',1,1,'[-41.159977,-32.78389]',NULL,1.0);
INSERT INTO prediction VALUES(6,1,'train:1178',1,0,'[-39.544445,-38.91818]',NULL,0.0);
INSERT INTO prediction VALUES(7,0,'train:1754',0,1,'[-732081.4,-1282960.8]',NULL,0.0);
INSERT INTO prediction VALUES(7,1,'train:1178',0,0,'[-552444.75,-991666.7]',NULL,1.0);
INSERT INTO prediction VALUES(8,0,'validation:90',0,0,'[-34.045036,-36.405968]',NULL,1.0);
INSERT INTO prediction VALUES(8,1,'validation:254',1,1,'[-36.554214,-31.496687]',NULL,1.0);
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
INSERT INTO round VALUES(1,1,3,1,0,1,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.9953771700337808}','{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.8957410282060325}',2.2000000000000001776,2.2000000000000001776,0,42856448,1795247047766051798);
INSERT INTO round VALUES(2,1,2,1,1,1,'{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.8966405375151156}','{"loadAverage1":2.2,"loadAverage15":1.09,"loadAverage5":1.76,"meanMegahertz":2299.998,"otherBusyProcessors":1.0978377646090918}',2.2000000000000001776,2.2000000000000001776,0,42745856,1795247048001199341);
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
INSERT INTO round_step VALUES(1,1,-1132003844648887473,0.63583993911743164062,0.62918102741241455078,3.3294556140899658203,2303,0,15914,285844,12657401,26568,NULL);
INSERT INTO round_step VALUES(2,1,-1132003844648887473,0.61850953102111816406,0.65245264768600463867,-16.971557617187499999,0,0,6333,1189769,3840146,349120,NULL);
CREATE INDEX trial_by_cell ON trial (cell_id);
CREATE INDEX attempt_by_trial ON attempt (trial_id);
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
COMMIT;
