import Provenance
package import ResultStore
import Suites
import Training

/// How a run ended.
package struct RunOutcome: Sendable, Hashable {
    /// Trials that are done, now or before.
    package var doneTrials = 0
    /// Trials that failed, now or before.
    package var failedTrials = 0
    /// Trials that the archives at hand have no data for.
    package var unavailableTrials = 0
    /// Trials that are not done, because somebody asked to stop.
    package var openTrials = 0
    /// Timing rounds recorded in this run.
    package var doneRounds = 0
    /// Timing rounds that failed in this run.
    package var failedRounds = 0
    /// Timing rounds that are not done, because somebody asked to stop.
    package var openRounds = 0

    /// Whether somebody asked to stop before all was done.
    package var isInterrupted: Bool { openTrials + openRounds > 0 }
}

/// Makes a database hold what a suite asks for: trains what is missing, then times what is missing.
///
/// Trials and rounds run one after the other, each in a child process. Whatever a child reports is committed in
/// small batches, so a kill at any moment loses at most the batch under way, and the next run goes on from there.
package final class SuiteRunner {
    let plan: SuitePlan
    let store: ResultStore
    let stop: StopRequest
    let observer: any RunObserver
    var clock = RunClock(predictedSeconds: 0)
    private let childEnvironment: ChildEnvironment
    private let machine: MachineProbe
    private let threadCount: Int
    /// The share of the work to do; nil for all of it.
    let shard: Shard?

    /// A runner for a plan whose inputs are all there.
    package init(
        plan: SuitePlan, store: ResultStore, childEnvironment: ChildEnvironment, machine: MachineProbe,
        threadCount: Int, stop: StopRequest, observer: any RunObserver, shard: Shard? = nil
    ) {
        self.shard = shard
        self.plan = plan
        self.store = store
        self.childEnvironment = childEnvironment
        self.machine = machine
        self.threadCount = threadCount
        self.stop = stop
        self.observer = observer
    }

    /// What a database knows of this run's suite, machine and trials.
    struct Registration {
        let suiteID: Int64
        let environmentID: Int64
        /// The trials that this run wants of its share, in the suite's order.
        let trials: [PlannedTrial]
    }

    /// Runs everything that the database does not hold yet.
    ///
    /// - Throws: ``RunnerError``, `ResultStoreError`; a trial's own trouble is recorded and does not stop the suite.
    package func run() throws -> RunOutcome {
        let registration = try register()
        let rounds = try openRounds(suiteID: registration.suiteID)
        clock = RunClock(predictedSeconds: predictedSeconds(trials: registration.trials, rounds: rounds))

        var outcome = RunOutcome()
        try runTrials(registration.trials, environmentID: registration.environmentID, outcome: &outcome)
        try runRounds(
            rounds, suiteID: registration.suiteID, environmentID: registration.environmentID,
            outcome: &outcome)
        return outcome
    }

    /// Makes the database know the suite, the machine, the inputs and all that is planned; again changes nothing.
    func register() throws -> Registration {
        let suiteID = try store.register(suite: plan.suite)
        let environmentID = try store.record(environment: environment, blasRates: machine.blasRates)
        for artifact in plan.inputs.artifacts { _ = try store.record(artifact: artifact, suiteID: suiteID) }
        let trials = try store.plan(suiteID: suiteID, trials: plan.trials, timingCells: plan.timingCells)
        let planned = Set(plan.trials.map(\.identity).filter { shard?.holds(trial: $0) ?? true })
        return Registration(
            suiteID: suiteID, environmentID: environmentID,
            trials: trials.filter { planned.contains($0.identity) })
    }

    func predictedSeconds(trials: [PlannedTrial], rounds: [OpenRound]) -> Double {
        let training = trials.filter(\.isOpen).reduce(0.0) { total, trial in
            total + plan.cost.trialSeconds(of: trial.specification.cell, stepsDone: trial.completedSteps)
        }
        return training + rounds.reduce(0.0) { $0 + plan.cost.roundSeconds(of: $1.cell, timing: $1.timing) }
    }

    /// What trials run in.
    private var environment: Environment { machine.trials.environment }

    // MARK: Children

    /// Starts the child for a job; a request to stop is passed on to it once it listens.
    func start(specification: TrialSpecification, purpose: TrialJob.Purpose) throws -> TrialProcess {
        let job = TrialJob(
            specification: specification, purpose: purpose,
            modelPath: plan.inputs.modelPath(of: specification.cell.model),
            dataPath: plan.inputs.dataPath(of: specification.cell.workload), threadCount: threadCount)
        let process = try TrialProcess(job: job, environment: childEnvironment)
        stop.watch(child: process.processID)
        return process
    }

    /// Lets go of a child, ending it if it still runs.
    func release(_ process: TrialProcess) {
        stop.watch(child: nil)
        process.end()
    }

    /// Takes a child's first word: from here on it handles signals, and its kernels are known.
    ///
    /// Times and losses of a child on other kernels than recorded could not be compared with any others.
    func greet(_ event: TrialEvent) throws {
        guard case .started(let facts) = event else { return }
        stop.childIsListening()
        let expected = "\(environment.blasCoreType), \(environment.kernelInstructionSet)"
        let found = "\(facts.blasCoreType), \(facts.kernelInstructionSet)"
        guard expected == found else {
            throw RunnerError.environmentChanged(expected: expected, found: found)
        }
    }

    /// Steps on one library's kernels must go on on the same: a trial resumed with other BLAS kernels would repeat no
    /// single machine's result.
    func checkKernels(ofTrial trialID: Int64, completedSteps: Int) throws {
        guard completedSteps > 0, let earlier = try store.environment(ofTrial: trialID) else { return }
        let expected = "\(earlier.blasVersion), \(earlier.blasCoreType)"
        let found = "\(environment.blasVersion), \(environment.blasCoreType)"
        guard expected == found else { throw RunnerError.kernelsChanged(recorded: expected, found: found) }
    }
}
