/// An input that a command cannot use, met after its arguments were read: said without the usage of the command.
struct InputError: Error, CustomStringConvertible {
    /// What is wrong with it and what to do, in a sentence.
    let description: String

    /// An error from its sentence.
    init(_ description: String) {
        self.description = description
    }
}
