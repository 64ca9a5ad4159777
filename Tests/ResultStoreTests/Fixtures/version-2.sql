-- A database as the program of schema version 2 left it: a run of the suite in it, dumped with sqlite3's .dump.
PRAGMA foreign_keys=OFF;
PRAGMA application_id=1281710671;
PRAGMA user_version=2;
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
INSERT INTO suite VALUES(1,'version-2','A small suite stored by the second schema','version-2.yaml','d8ce01dc95f6f658034a05e7c47ab6b49dd889124c9f8ca4f2ce905fbd2310d1',replace('suite: version-2\ntitle: A small suite stored by the second schema\nclaims: [LEZO-phase]\nsandbox: true\nmodels:\n  - {name: sandbox-opt}\ntasks:\n  - {name: sst2, archives: [SST-2.zip], train_examples: 4, dev_examples: 2, test_examples: 2}\n  - {name: squad, archives: [squad], train_examples: 2, dev_examples: 1, test_examples: 1}\nmethods:\n  - zero-shot\n  - {lezo: {sparsity: 0.75, learning_rate: 1.0e-3, perturbation_scale: 1.0e-3, tuned: decoder-layers}}\nplans: [fused]\nschedule: {steps: 2, batch_size: 2, eval_every: 1}\ntiming: {rounds: 1, warmup_steps: 0, steps: 1}\n','\n',char(10)),'["LEZO-phase"]',1,1,0,1,1795248676180061374);
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
INSERT INTO environment VALUES(1,'Intel(R) Xeon(R) Processor',2,25276530688,'avx512','OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64','SkylakeX','SkylakeX',2,'Debian GNU/Linux 12 (bookworm), Linux 6.18.44-fc-v470, x86_64','Swift 6.3.1','release','unknown',NULL,'{"blasCoreType":"SkylakeX","blasCoreTypeAsInstalled":"Prescott","blasVersion":"OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64","buildConfiguration":"release","compiler":"Swift 6.3.1","expectedBLASCoreType":"SkylakeX","forcedBLASCoreType":"SkylakeX","gitCommit":"unknown","kernelInstructionSet":"avx512","memoryBytes":25276530688,"operatingSystem":"Debian GNU/Linux 12 (bookworm), Linux 6.18.44-fc-v470, x86_64","processor":"Intel(R) Xeon(R) Processor","processorCount":2,"threadCount":2}','Prescott','SkylakeX',206.95604542967944894,39.480673571342109084);
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
INSERT INTO artifact VALUES(3,'archive','squad','squad','81a6386757acf34b52c9dd6a75001a1e4277dfe45c9c4cb8a4a910cd4eb3806e',414350,NULL);
INSERT INTO artifact VALUES(4,'archive','sst2','SST-2.zip','e856668dfc8c7091f8963a633c8de512903451e911852ecc55c71bd7f01df87e',114443,NULL);
CREATE TABLE suite_artifact (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    artifact_id INTEGER NOT NULL REFERENCES artifact (id),
    PRIMARY KEY (suite_id, artifact_id)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_artifact VALUES(1,1);
INSERT INTO suite_artifact VALUES(1,2);
INSERT INTO suite_artifact VALUES(1,3);
INSERT INTO suite_artifact VALUES(1,4);
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
, storage TEXT NOT NULL DEFAULT 'float32', tuned TEXT, rounding TEXT) STRICT;
INSERT INTO cell VALUES(1,'sandbox-opt','file','sst2',4,2,2,NULL,NULL,'zero-shot',NULL,NULL,12,NULL,NULL,NULL,'reference',0,1,1,599808,649216,'{"method":{"zeroShot":{}},"model":{"name":"sandbox-opt","storage":"float32","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":1,"evaluateEvery":1,"steps":0},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":4}}}','float32',NULL,NULL);
INSERT INTO cell VALUES(2,'sandbox-opt','file','sst2',4,2,2,NULL,NULL,'lezo',0.75,9,12,0.0010000000000000000208,0.0010000000000000000208,'gaussian','fused',2,2,1,599808,649216,'{"method":{"zerothOrder":{"_0":{"droppedLayerCount":9,"learningRate":0.001,"noise":"gaussian","perturbationScale":0.001,"rounding":"nearest","tuned":"decoder-layers"}}},"model":{"name":"sandbox-opt","storage":"float32","weights":{"file":{}}},"plan":"fused","schedule":{"batchSize":2,"evaluateEvery":1,"steps":2},"workload":{"task":{"devExamples":2,"name":"sst2","testExamples":2,"trainExamples":4}}}','float32','decoder-layers','nearest');
INSERT INTO cell VALUES(3,'sandbox-opt','file','squad',2,1,1,NULL,NULL,'zero-shot',NULL,NULL,12,NULL,NULL,NULL,'reference',0,1,1,599808,649216,'{"method":{"zeroShot":{}},"model":{"name":"sandbox-opt","storage":"float32","weights":{"file":{}}},"plan":"reference","schedule":{"batchSize":1,"evaluateEvery":1,"steps":0},"workload":{"task":{"devExamples":1,"name":"squad","testExamples":1,"trainExamples":2}}}','float32',NULL,NULL);
INSERT INTO cell VALUES(4,'sandbox-opt','file','squad',2,1,1,NULL,NULL,'lezo',0.75,9,12,0.0010000000000000000208,0.0010000000000000000208,'gaussian','fused',2,2,1,599808,649216,'{"method":{"zerothOrder":{"_0":{"droppedLayerCount":9,"learningRate":0.001,"noise":"gaussian","perturbationScale":0.001,"rounding":"nearest","tuned":"decoder-layers"}}},"model":{"name":"sandbox-opt","storage":"float32","weights":{"file":{}}},"plan":"fused","schedule":{"batchSize":2,"evaluateEvery":1,"steps":2},"workload":{"task":{"devExamples":1,"name":"squad","testExamples":1,"trainExamples":2}}}','float32','decoder-layers','nearest');
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
, updates_told INTEGER, updates_lost INTEGER, update_intended_squares REAL, update_error_squares REAL) STRICT;
INSERT INTO trial VALUES(1,'b83bd95c7ae38df4cff4545ab212203d16ed1282f3b00968905c94159f10cd41',1,0,0,'done',1,NULL,NULL,NULL,4,2,2,'[]',0,0,'0dbe3d23c0028b5c498c84dc12e50d06617bbb21edb09f7865deb2396a76f7b2',43753472,NULL,NULL,NULL,1795248676181289691,NULL,NULL,NULL,NULL);
INSERT INTO trial VALUES(2,'7515fb12947a5aa3104e609cfa96c38c2d1af28ba05b2b08d50b586a028284c0',2,0,0,'done',1,NULL,NULL,NULL,4,2,2,'[]',2,1,'80b2000d152e4d5442e13971998939bc4557d1acdc12b65172d748f3d04562c2',43884544,0.0,0.0,0.0,1795248676181659557,NULL,NULL,NULL,NULL);
INSERT INTO trial VALUES(3,'4630beb98d98eda47a38b17642a87c6078b2f24bca01ac74eeab7400b1093c0a',3,0,0,'done',1,NULL,NULL,NULL,2,1,1,'[]',0,0,'0dbe3d23c0028b5c498c84dc12e50d06617bbb21edb09f7865deb2396a76f7b2',45248512,NULL,NULL,NULL,1795248676181893412,NULL,NULL,NULL,NULL);
INSERT INTO trial VALUES(4,'647e8cfffa58a4debadf3fbf8b267828f9fa15b2d58f2d63304c59b04fcfb2ee',4,0,0,'done',1,NULL,NULL,NULL,2,1,1,'[]',2,2,'8144e509e231a8a535afe96e64654c2df52235ac965e8a87fedcb63f64655033',46989312,0.0,0.0,0.0,1795248676182124841,NULL,NULL,NULL,NULL);
CREATE TABLE trial_artifact (
    trial_id INTEGER NOT NULL REFERENCES trial (id),
    artifact_id INTEGER NOT NULL REFERENCES artifact (id),
    PRIMARY KEY (trial_id, artifact_id)
) STRICT, WITHOUT ROWID;
INSERT INTO trial_artifact VALUES(1,1);
INSERT INTO trial_artifact VALUES(1,2);
INSERT INTO trial_artifact VALUES(1,4);
INSERT INTO trial_artifact VALUES(2,1);
INSERT INTO trial_artifact VALUES(2,2);
INSERT INTO trial_artifact VALUES(2,4);
INSERT INTO trial_artifact VALUES(3,1);
INSERT INTO trial_artifact VALUES(3,2);
INSERT INTO trial_artifact VALUES(3,3);
INSERT INTO trial_artifact VALUES(4,1);
INSERT INTO trial_artifact VALUES(4,2);
INSERT INTO trial_artifact VALUES(4,3);
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
INSERT INTO suite_trial VALUES(1,4,0,0,4,3);
CREATE TABLE suite_timing_cell (
    suite_id INTEGER NOT NULL REFERENCES suite (id),
    cell_id INTEGER NOT NULL REFERENCES cell (id),
    position INTEGER NOT NULL,
    PRIMARY KEY (suite_id, cell_id)
) STRICT, WITHOUT ROWID;
INSERT INTO suite_timing_cell VALUES(1,2,0);
INSERT INTO suite_timing_cell VALUES(1,4,1);
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
INSERT INTO attempt VALUES(1,1,1,0,1795248676289099796,'{"loadAverage1":1.75,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":1.6961419724309283}',1.75,1795248676384371069,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":1.795924759373021}',1.7700000000000000177,'done',NULL);
INSERT INTO attempt VALUES(2,2,1,0,1795248676586483622,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":1.3968323613491977}',1.7700000000000000177,1795248676624961113,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":0.9980020995968173}',1.7700000000000000177,'done',NULL);
INSERT INTO attempt VALUES(3,3,1,0,1795248676826685635,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":0.9979798094313643}',1.7700000000000000177,1795248676897528412,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":0.9977479631174884}',1.7700000000000000177,'done',NULL);
INSERT INTO attempt VALUES(4,4,1,0,1795248677099390277,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":0.9980098386404719}',1.7700000000000000177,1795248677200509071,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":1.09790588724784}',1.7700000000000000177,'done',NULL);
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
INSERT INTO step VALUES(2,1,-2754094186855860578,0.63638335466384887695,0.62924939393997192382,3.5669801235198974609,1407,0,6208,46857,1498009,0,NULL);
INSERT INTO step VALUES(2,2,-4734482274014588013,0.77910220623016357421,0.78820788860321044921,-4.5528411865234375,2814,0,5723,488999,2185058,0,NULL);
INSERT INTO step VALUES(4,1,-2754094186855860578,6.2945947647094726562,6.2888317108154296875,2.8815267086029052734,1407,0,7464,46154,5743171,0,NULL);
INSERT INTO step VALUES(4,2,-4734482274014588013,6.2816896438598632812,6.2851414680480957031,-1.7259119749069213867,2814,0,6808,46767,5682450,0,NULL);
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
INSERT INTO evaluation VALUES(1,1,0,'dev',0.61081769118674289487,'accuracy',1.0,1934203);
INSERT INTO evaluation VALUES(2,1,0,'test',0.71403500532531838373,'accuracy',0.5,1347316);
INSERT INTO evaluation VALUES(3,2,1,'dev',0.61026246297391883999,'accuracy',1.0,697040);
INSERT INTO evaluation VALUES(4,2,2,'dev',0.6367854014468510293,'accuracy',1.0,668593);
INSERT INTO evaluation VALUES(5,2,1,'test',0.71067636597423788913,'accuracy',0.5,1104340);
INSERT INTO evaluation VALUES(6,3,0,'dev',6.1143701076507568359,'f1',0.0,19283245);
INSERT INTO evaluation VALUES(7,3,0,'test',6.2359925270080562853,'f1',0.0,15994239);
INSERT INTO evaluation VALUES(8,4,1,'dev',6.1008107662200927734,'f1',0.0,18236994);
INSERT INTO evaluation VALUES(9,4,2,'dev',6.0777692794799804687,'f1',0.0,17881976);
INSERT INTO evaluation VALUES(10,4,2,'test',6.2174973487854003906,'f1',0.0,16663769);
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
INSERT INTO prediction VALUES(1,1,'train:1178',0,0,'[-6.1570454,-6.3631854]',NULL,1.0);
INSERT INTO prediction VALUES(2,0,'validation:90',0,0,'[-6.2345214,-6.279856]',NULL,1.0);
INSERT INTO prediction VALUES(2,1,'validation:254',0,1,'[-6.1953287,-6.3198285]',NULL,0.0);
INSERT INTO prediction VALUES(3,0,'train:1754',1,1,'[-6.3686233,-6.221135]',NULL,1.0);
INSERT INTO prediction VALUES(3,1,'train:1178',0,0,'[-6.1484423,-6.347851]',NULL,1.0);
INSERT INTO prediction VALUES(4,0,'train:1754',1,1,'[-6.351718,-6.230395]',NULL,1.0);
INSERT INTO prediction VALUES(4,1,'train:1178',0,0,'[-6.1898913,-6.3007646]',NULL,1.0);
INSERT INTO prediction VALUES(5,0,'validation:90',0,0,'[-6.23975,-6.26986]',NULL,1.0);
INSERT INTO prediction VALUES(5,1,'validation:254',0,1,'[-6.1826153,-6.280234]',NULL,0.0);
INSERT INTO prediction VALUES(6,0,'train:641',NULL,NULL,'[]','W������������lls��ug R R R R R R R R R R R R R R R R R R R RVug R R R R R R R R R R R',0.0);
INSERT INTO prediction VALUES(7,0,'validation:366',NULL,NULL,'[]','astastastastastastastastVastastastastast� to to to to to to to toreastastastastastastastastastastre��Е�����������',0.0);
INSERT INTO prediction VALUES(8,0,'train:641',NULL,NULL,'[]','�������������lls�jastastastastastastastastastastastast R R R R R R R R RVug����� R R R R R R',0.0);
INSERT INTO prediction VALUES(9,0,'train:641',NULL,NULL,'[]','��������������������������������������reVVastle�������',0.0);
INSERT INTO prediction VALUES(10,0,'validation:366',NULL,NULL,'[]','ri ri�������������keepB���ll����Е�����������������������',0.0);
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
INSERT INTO round VALUES(1,1,4,1,0,1,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":0.9980377579640668}','{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":1.1905179649012088}',1.7700000000000000177,1.7700000000000000177,0,44363776,1795248677601733166);
INSERT INTO round VALUES(2,1,2,1,0,1,'{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":0.997919099177631}','{"loadAverage1":1.77,"loadAverage15":1.78,"loadAverage5":1.89,"meanMegahertz":2299.998,"otherBusyProcessors":1.0974464725222}',1.7700000000000000177,1.7700000000000000177,0,43794432,1795248677836866119);
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
INSERT INTO round_step VALUES(1,1,-1132003844648887473,6.2857098579406738281,6.29769134521484375,-5.9907431602478027343,2303,0,6225,51158,4662112,0,NULL);
INSERT INTO round_step VALUES(2,1,-1132003844648887473,0.63127082586288452148,0.63560146093368530273,-2.165317535400390625,2303,0,9619,170806,1942904,0,NULL);
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
COMMIT;
