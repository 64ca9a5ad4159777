/// The tasks by name.
package enum TaskCatalog {
    /// All tasks, in the order of the papers' tables.
    package static let tasks: [any TaskDefinition] = [
        SST2(), RTE(), CB(), BoolQ(), BoolQ(keepsTitles: true), WSC(), WiC(), MultiRC(), COPA(), ReCoRD(),
        SQuAD(), DROP(),
    ]

    /// All names, in the same order.
    package static let names: [String] = tasks.map(\.name)

    /// Tasks whose texts carry titles that the published code does not have, with the name of the same task that keeps
    /// them.
    package static let titledTasks = [BoolQ().name: BoolQ(keepsTitles: true).name]

    /// The place of a task's column in the papers' tables, from 0; names that are no task's come last.
    package static func place(of name: String) -> Int {
        names.firstIndex(of: name) ?? names.count
    }

    /// The task of a name, or nil when there is none.
    package static func task(named name: String) -> (any TaskDefinition)? {
        tasks.first { $0.name == name }
    }
}
