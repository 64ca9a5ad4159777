import Tasks
import Testing

@Suite("Task catalog")
struct TaskCatalogTests {
    @Test("tasks are found by their exact name, in the order of the papers' tables")
    func names() {
        #expect(
            TaskCatalog.names == [
                "sst2", "rte", "cb", "boolq", "boolq-with-titles", "wsc", "wic", "multirc", "copa", "record",
                "squad", "drop",
            ])
        #expect(Set(TaskCatalog.tasks.map(\.title)).count == 11)
        for name in TaskCatalog.names { #expect(TaskCatalog.task(named: name)?.name == name) }
        #expect(TaskCatalog.task(named: "SST-2") == nil)
    }

    @Test("COPA and ReCoRD train the right option's tokens, SQuAD and DROP the answer's, the others a choice")
    func kinds() {
        let others = TaskCatalog.tasks.filter { $0.kind != .classification }
        #expect(others.map(\.name) == ["copa", "record", "squad", "drop"])
        #expect(others.map(\.kind) == [.multipleChoice, .multipleChoice, .generation, .generation])
        for task in TaskCatalog.tasks {
            #expect(task.metricNames == (task.kind == .generation ? ["f1", "exact_match"] : ["accuracy"]))
            #expect(task.metricName == task.metricNames.first)
        }
    }

    @Test("1000, 500 and 1000 examples are asked for, but 100 of dev for CB and COPA")
    func counts() {
        for task in TaskCatalog.tasks {
            let counts = task.publishedCounts
            #expect(counts.train == 1000 && counts.test == 1000)
            #expect(counts.dev == (["cb", "copa"].contains(task.name) ? 100 : 500), "\(task.name)")
        }
    }

    @Test("no archive's name stands for two tasks")
    func archives() {
        let tasks = TaskCatalog.tasks.filter { $0.name != "boolq-with-titles" }
        let names = tasks.flatMap { $0.acceptedArchives.map { $0.fileName.lowercased() } }
        // SQuAD's may be written in either case.
        #expect(Set(names).count == names.count - 5)
        for task in tasks {
            for suffix in ["", ".zip", ".tar.gz", ".tar.xz", ".tar.zst"] {
                #expect(task.acceptedArchives.contains { $0.fileName.hasSuffix(suffix) && !$0.isSubset })
            }
        }
    }
}
