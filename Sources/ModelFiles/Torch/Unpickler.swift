/// Reads the pickled state dict of a PyTorch checkpoint and runs no code.
///
/// Only the opcodes and the globals that a state dict of tensors needs are known; anything else is refused by
/// name, so a hostile file can do no more than be refused.
struct Unpickler {
    /// The values that a list, tuple or dictionary holds, by place in the arena.
    private(set) var sequences: [[PickleValue]] = []
    /// Keys and values in turn.
    private(set) var dictionaries: [[PickleValue]] = []

    var cursor: ByteCursor
    private var stack: [PickleValue] = []
    private var memo: [Int: PickleValue] = [:]

    init(_ bytes: UnsafeRawBufferPointer, file: String) {
        cursor = ByteCursor(bytes, file: file)
    }

    /// Runs to the end and gives the one value that is left.
    mutating func load() throws(ModelFileError) -> PickleValue {
        while true {
            let start = cursor.offset
            try checkSize()
            let opcode = try cursor.integer(UInt8.self, "an opcode")
            if opcode == UInt8(ascii: ".") { return try pop() }
            if try pushScalar(opcode) { continue }
            if try pushContainer(opcode) { continue }
            if try useMemo(opcode) { continue }
            guard try build(opcode) else {
                throw refused("the opcode \(PickleOpcode.text(opcode))", at: start)
            }
        }
    }

    /// The most values on the stack, in the memo, or made as lists, tuples and dictionaries: a hundred times those
    /// of the largest published checkpoints.
    private static let maximumValues = 1 << 18

    /// Refuses a pickle that builds more than any checkpoint, before it fills the memory.
    private func checkSize() throws(ModelFileError) {
        let largest = max(stack.count, memo.count, sequences.count, dictionaries.count)
        guard largest <= Self.maximumValues else {
            throw broken("more than \(Self.maximumValues) values are built, as for no checkpoint")
        }
    }

    func refused(_ what: String, at offset: Int? = nil) -> ModelFileError {
        ModelFileError(
            .unsupported, file: cursor.file, place: "byte \(offset ?? cursor.offset)",
            "\(what) has no place in a state dict of tensors and is not run",
            advice: "save the model with safetensors, or only its state_dict() with torch.save")
    }

    func broken(_ problem: String) -> ModelFileError {
        .damaged(cursor.file, "byte \(cursor.offset)", problem)
    }

    /// Puts a value on the stack.
    mutating func push(_ value: PickleValue) { stack.append(value) }

    private mutating func pop() throws(ModelFileError) -> PickleValue {
        guard let value = stack.popLast(), value != .mark else {
            throw broken("a value is missing on the stack")
        }
        return value
    }

    private mutating func popToMark() throws(ModelFileError) -> [PickleValue] {
        guard let mark = stack.lastIndex(of: .mark) else { throw broken("a mark is missing on the stack") }
        let values = Array(stack[(mark + 1)...])
        stack.removeSubrange(mark...)
        return values
    }

    private mutating func pushContainer(_ opcode: UInt8) throws(ModelFileError) -> Bool {
        switch Character(Unicode.Scalar(opcode)) {
        case "(": stack.append(.mark)
        case ")", "]": pushSequence([])
        case "}": pushDictionary([])
        case "t": pushSequence(try popToMark())
        case "\u{85}": try pushTuple(1)
        case "\u{86}": try pushTuple(2)
        case "\u{87}": try pushTuple(3)
        case "a": try appendToList([try pop()])
        case "e": try appendToList(try popToMark())
        case "s":
            let value = try pop()
            try addToDictionary([try pop(), value])
        case "u": try addToDictionary(try popToMark())
        default: return false
        }
        return true
    }

    private mutating func pushSequence(_ values: [PickleValue]) {
        sequences.append(values)
        stack.append(.sequence(sequences.count - 1))
    }

    private mutating func pushDictionary(_ pairs: [PickleValue]) {
        dictionaries.append(pairs)
        stack.append(.dictionary(dictionaries.count - 1))
    }

    private mutating func pushTuple(_ count: Int) throws(ModelFileError) {
        var values: [PickleValue] = []
        for _ in 0..<count { values.append(try pop()) }
        pushSequence(values.reversed())
    }

    private mutating func appendToList(_ values: [PickleValue]) throws(ModelFileError) {
        guard case .sequence(let index)? = stack.last else { throw broken("a list was expected") }
        sequences[index].append(contentsOf: values)
    }

    private mutating func addToDictionary(_ pairs: [PickleValue]) throws(ModelFileError) {
        guard case .dictionary(let index)? = stack.last, pairs.count.isMultiple(of: 2) else {
            throw broken("a dictionary and pairs were expected")
        }
        dictionaries[index].append(contentsOf: pairs)
    }

    private mutating func useMemo(_ opcode: UInt8) throws(ModelFileError) -> Bool {
        switch Character(Unicode.Scalar(opcode)) {
        case "q": memo[Int(try cursor.integer(UInt8.self, "a memo number"))] = stack.last
        case "r": memo[Int(try cursor.integer(UInt32.self, "a memo number"))] = stack.last
        case "\u{94}": memo[memo.count] = stack.last
        case "h": try recall(Int(try cursor.integer(UInt8.self, "a memo number")))
        case "j": try recall(Int(try cursor.integer(UInt32.self, "a memo number")))
        default: return false
        }
        return true
    }

    private mutating func recall(_ number: Int) throws(ModelFileError) {
        guard let value = memo[number] else { throw broken("memo \(number) was never set") }
        stack.append(value)
    }

    private mutating func build(_ opcode: UInt8) throws(ModelFileError) -> Bool {
        switch Character(Unicode.Scalar(opcode)) {
        case "c":
            let module = try line()
            try pushGlobal(module: module, name: try line())
        case "\u{93}":
            guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
                throw broken("a global's module and name were expected")
            }
            try pushGlobal(module: module, name: name)
        case "Q": stack.append(.storage(try storage(try pop())))
        case "R":
            let arguments = try pop()
            try call(try pop(), arguments)
        case "b":
            // The state dict's `_metadata`, which names module versions and holds no weights.
            guard case .dictionary = try pop(), case .dictionary? = stack.last else {
                throw refused("setting an object's state")
            }
        default: return false
        }
        return true
    }

    private mutating func line() throws(ModelFileError) -> String {
        let rest = cursor.bytes[cursor.offset...]
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { throw broken("a name breaks off") }
        let text = try cursor.text(end - cursor.offset, "a name")
        _ = try cursor.take(1, "a line's end")
        return text
    }

    private mutating func pushGlobal(module: String, name: String) throws(ModelFileError) {
        guard let global = PickleGlobal(module: module, name: name) else {
            throw refused("\(module).\(name)")
        }
        stack.append(.global(global))
    }

    private mutating func call(_ function: PickleValue, _ arguments: PickleValue) throws(ModelFileError) {
        guard case .global(let global) = function, case .sequence(let index) = arguments else {
            throw refused("a call")
        }
        switch global {
        case .orderedDictionary where sequences[index].isEmpty: pushDictionary([])
        case .rebuildTensor: stack.append(.tensor(try tensor(sequences[index])))
        case .orderedDictionary: throw refused("an OrderedDict made from arguments")
        case .storageType: throw refused("a call of a storage type")
        }
    }
}
