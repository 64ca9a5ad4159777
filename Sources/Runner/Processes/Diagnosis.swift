import Archives
import Digests
import Kernels
import ModelFiles
package import Provenance
import ResultStore
import Tasks

/// What `doctor` finds: whether this machine can measure, and what there is to measure on.
package struct Diagnosis: Sendable, Codable {
    /// A data archive that a task accepts.
    package struct FoundData: Sendable, Codable {
        /// The task.
        package let task: String
        /// Where its archive is, or nil.
        package let path: String?
        /// Why there is none, or what is partial about it.
        package let remark: String?
    }

    /// A model that can be loaded.
    package struct FoundModel: Sendable, Codable {
        /// Its name.
        package let name: String
        /// Where it is.
        package let path: String
    }

    /// The environment of child processes, in which everything is measured.
    package let environment: Environment
    /// Elements perturbed a nanosecond in a child process.
    package let perturbedGigaelements: Double
    /// What the processor has of what the choice of BLAS kernels rests on.
    package let processorFeatures: String
    /// The BLAS kernels that BLAS chooses by itself, with their rate.
    package let blasAsInstalled: MachineProbe.BLASKernels
    /// Those that this processor deserves by its features.
    package let blasDeserved: MachineProbe.BLASKernels
    /// Those that trials use.
    package let blasInTrials: MachineProbe.BLASKernels
    /// The core type that trials are told to use, nil when BLAS is left to choose.
    package let blasCoreTypeForced: String?
    /// Instruction sets that our kernels could use here.
    package let supportedInstructionSets: [String]
    /// Versions of system libraries.
    package let libraries: [String: String]
    /// The data found for each task.
    package let data: [FoundData]
    /// The models found.
    package let models: [FoundModel]
    /// Sentences about what is wrong; empty when all is well.
    package let warnings: [String]

    /// Looks at the machine, the libraries, the data and the models.
    ///
    /// - Throws: ``RunnerError`` when no child process can be started.
    package init(dataFolders: [String], modelPaths: [String], threadCount: Int) throws {
        let machine = try MachineProbe(ChildEnvironment(), threadCount: threadCount)
        environment = machine.trials.environment
        perturbedGigaelements = machine.trials.perturbedGigaelements
        processorFeatures = ProcessorFeatures.current.description
        blasAsInstalled = machine.asInstalled
        blasDeserved = machine.deserved
        blasInTrials = MachineProbe.BLASKernels(
            coreType: environment.blasCoreType, gigaflops: machine.trials.gigaflops)
        blasCoreTypeForced = environment.forcedBLASCoreType
        supportedInstructionSets = InstructionSet.supported.map(\.rawValue)
        libraries = [
            "OpenBLAS": BLASLibrary.configuration, "libarchive": ArchiveLibrary.version,
            "libcrypto": DigestLibrary.version, "SQLite": try DatabaseLibrary.version(),
        ]
        data = TaskCatalog.names.map { Self.find(task: $0, in: dataFolders) }
        models = ModelCatalog.list(in: modelPaths).map { FoundModel(name: $0.name, path: $0.location.text) }
        warnings = Self.warnings(environment: environment)
    }

    private static func find(task name: String, in folders: [String]) -> FoundData {
        let accepted = TaskCatalog.task(named: name)?.acceptedArchives ?? []
        do {
            let path = try ArchiveSearch.find(fileNames: accepted.map(\.fileName), in: folders)
            let notes = try TaskCatalog.task(named: name)?.notes(on: Archive.open(path)) ?? []
            return FoundData(task: name, path: path, remark: notes.joined(separator: " "))
        } catch {
            return FoundData(task: name, path: nil, remark: String(describing: error))
        }
    }

    private static func warnings(environment: Environment) -> [String] {
        var warnings: [String] = []
        if environment.blasCoreType != environment.expectedBLASCoreType {
            warnings.append(
                "BLAS uses the kernels '\(environment.blasCoreType)' in child processes where this processor deserves "
                    + "'\(environment.expectedBLASCoreType)'; timings taken so are worth nothing. "
                    + "Unset \(ChildEnvironment.overrulingVariable) if it is set, or install an OpenBLAS that has these kernels."
            )
        }
        if environment.buildConfiguration != "release" {
            warnings.append(
                "this is a \(environment.buildConfiguration) build; for timings build with: swift build -c release"
            )
        }
        if let request = InstructionSet.ignoredRequest {
            warnings.append(
                "LEZOBENCH_ISA is '\(request)', which names no instruction set of this processor; it is ignored. "
                    + "Known here: \(InstructionSet.supported.map(\.rawValue).joined(separator: ", ")).")
        }
        return warnings
    }
}
