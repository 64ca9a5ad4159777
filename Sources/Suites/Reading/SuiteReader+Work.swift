import Training

extension SuiteReader {
    /// Where the tasks or the shapes stand; a suite has one of the two.
    func workPlaces(
        _ top: [String: SuiteNode], root: SuiteNode
    ) throws(SuiteError) -> (places: [SuiteNode], areShapes: Bool) {
        let tasks = try top["tasks"]?.elements(mayBeEmpty: true) ?? []
        let shapes = try top["shapes"]?.elements(mayBeEmpty: true) ?? []
        if tasks.isEmpty && shapes.isEmpty {
            throw (top["tasks"] ?? top["shapes"] ?? root).error(
                "a suite needs 'tasks' to train on or 'shapes' to time")
        }
        if let shape = shapes.first, !tasks.isEmpty {
            throw shape.error(
                "a suite has either 'tasks' or 'shapes', but this one has both",
                advice: "make two suites of it")
        }
        return (tasks + shapes, tasks.isEmpty)
    }

    /// The tasks or the shapes.
    func work(
        _ list: (places: [SuiteNode], areShapes: Bool), methods: MethodReader
    ) throws(SuiteError) -> [SuiteDocument.WorkloadEntry] {
        var work: [SuiteDocument.WorkloadEntry] = []
        for place in list.places {
            let entry =
                list.areShapes
                ? try shape(place.named("shape")) : try task(place.named("task"), methods: methods)
            if let earlier = work.first(where: { isSame($0.workload, entry.workload) }) {
                throw place.error(
                    "'\(list.areShapes ? "shapes" : "tasks")' lists \(describe(earlier.workload)) twice",
                    advice: "remove one of them")
            }
            work.append(entry)
        }
        return work
    }

    private func task(
        _ place: SuiteNode, methods: MethodReader
    ) throws(SuiteError) -> SuiteDocument.WorkloadEntry {
        let required = ["name", "archives", "train_examples", "dev_examples", "test_examples"]
        let entry = try place.mapping(
            known: required + ["title", "methods", "plans", "schedule", "optional"], required: required)
        let counts = 0...10_000_000
        return SuiteDocument.WorkloadEntry(
            workload: .task(
                name: try taskName(entry),
                trainExamples: try entry["train_examples"]?.integer(in: counts) ?? 0,
                devExamples: try entry["dev_examples"]?.integer(in: counts) ?? 0,
                testExamples: try entry["test_examples"]?.integer(in: 1...10_000_000) ?? 0),
            archives: try entry["archives"]?.elements().distinct(fileName) ?? [],
            isOptional: try entry["optional"]?.boolean() ?? false,
            methods: try entry["methods"].map { (list) throws(SuiteError) in
                try methods.axes(list, timedOnly: false)
            },
            plans: try entry["plans"].map(plans), schedule: try entry["schedule"].map(schedule))
    }

    /// The task's name; with its titles kept it has another.
    private func taskName(_ entry: [String: SuiteNode]) throws(SuiteError) -> String {
        let name = try entry["name"]?.word(among: vocabulary.taskNames, what: "task") ?? ""
        guard let place = entry["title"] else { return name }
        guard let titled = vocabulary.titledTasks[name] else {
            let names = vocabulary.titledTasks.keys.sorted().map { "'\($0)'" }
            throw place.error(
                "the texts of '\(name)' have no titles to cut or keep",
                advice: "'title' is for \(names.joined(separator: ", ")) alone; remove it")
        }
        return try place.word(among: ["cut", "kept"], what: "treatment of titles") == "kept" ? titled : name
    }

    private func fileName(_ place: SuiteNode) throws(SuiteError) -> String {
        let name = try place.line()
        guard !name.contains("/"), name != ".", name != ".." else {
            throw place.error(
                "'archives' holds file names without a folder, but this is '\(name)'",
                advice: "write the name alone and give the folder with --data")
        }
        return name
    }

    private func shape(_ place: SuiteNode) throws(SuiteError) -> SuiteDocument.WorkloadEntry {
        let required = ["batch", "tokens"]
        let entry = try place.mapping(known: required + ["plans", "optional"], required: required)
        return SuiteDocument.WorkloadEntry(
            workload: .shape(
                batchSize: try entry["batch"]?.integer(in: 1...4096) ?? 0,
                tokens: try entry["tokens"]?.integer(in: 2...65_536) ?? 0),
            archives: [], isOptional: try entry["optional"]?.boolean() ?? false,
            plans: try entry["plans"].map(plans))
    }

    /// Two entries for one task would share the list of archives, so a task is listed once whatever its counts.
    private func isSame(_ first: Workload, _ second: Workload) -> Bool {
        if let name = first.taskName { return name == second.taskName }
        return first == second
    }

    private func describe(_ workload: Workload) -> String {
        switch workload {
        case .task(let name, _, _, _): "'\(name)'"
        case .shape(let batchSize, let tokens): "\(batchSize)x\(tokens)"
        }
    }
}
