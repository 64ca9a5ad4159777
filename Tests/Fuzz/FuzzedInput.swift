import Foundation
import Glibc

/// The parser that this process fuzzes, as `LEZOBENCH_FUZZ_PARSER` names it.
private let chosenParser: FuzzedParser = {
    let name = ProcessInfo.processInfo.environment["LEZOBENCH_FUZZ_PARSER"] ?? ""
    guard let parser = FuzzedParser(rawValue: name) else {
        let known = FuzzedParser.allCases.map(\.rawValue).joined(separator: " ")
        print("set LEZOBENCH_FUZZ_PARSER to one of: \(known)")
        exit(2)
    }
    return parser
}()

/// libFuzzer's entry: one input for the chosen parser.
///
/// Source: LLVM, "libFuzzer - a library for coverage-guided fuzz testing".
@_cdecl("LLVMFuzzerTestOneInput")
public func readFuzzedInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
    chosenParser.accept(UnsafeRawBufferPointer(start: data, count: size))
    return 0
}

/// Called once before the first input: writes the chosen parser's seeds and ends where
/// `LEZOBENCH_FUZZ_SEEDS` names a folder for them.
@_cdecl("LLVMFuzzerInitialize")
public func prepareFuzzing(_ argumentCount: UnsafeMutableRawPointer?, _ arguments: UnsafeMutableRawPointer?)
    -> CInt
{
    guard let folder = ProcessInfo.processInfo.environment["LEZOBENCH_FUZZ_SEEDS"] else { return 0 }
    do {
        let seeds = try chosenParser.seeds()
        for (index, seed) in seeds.enumerated() {
            try Data(seed).write(to: URL(fileURLWithPath: "\(folder)/seed-\(index)"))
        }
        print("\(seeds.count) seeds for \(chosenParser.rawValue)")
        exit(seeds.isEmpty ? 1 : 0)
    } catch {
        print("seeds of \(chosenParser.rawValue): \(error)")
        exit(1)
    }
}
