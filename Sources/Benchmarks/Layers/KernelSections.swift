import Kernels
import RandomStreams
import Reports

/// Memory, perturbation passes and the kernels of a layer.
enum KernelSections {
    static func all(_ rates: KernelRates) -> [Report.Section] {
        [
            Report.Section(
                title: "Memory and perturbation",
                blocks: [.table(memoryTable(rates.memory)), .table(noiseTable(rates.memory))]),
            Report.Section(title: "Kernels of a layer", blocks: [.table(layerTable(rates.layers))]),
        ]
    }

    private static func memoryTable(_ rates: MemoryRates) -> Table {
        var table = Table(
            name: "memory",
            caption: "Plain read-modify-write, a[i] += s, over \(rates.bufferBytes >> 20) MiB.",
            columns: [
                .init("threads", .trailing), .init("ns an element", .trailing),
                .init("GB/s read and written", .trailing),
            ])
        for rate in rates.readModifyWrite {
            table.append([
                String(rate.threadCount), Figures.fixed(rate.elementNanoseconds, decimals: 3),
                Figures.fixed(rate.gigabytesPerSecond, decimals: 1),
            ])
        }
        return table
    }

    private static func noiseTable(_ rates: MemoryRates) -> Table {
        var table = Table(
            name: "noise",
            caption:
                "Perturbation passes, a[i] += s z(seed, i), over the same buffer, against read-modify-write on as "
                + "many threads.",
            columns: [
                .init("noise"), .init("instruction set"), .init("threads", .trailing),
                .init("ns an element", .trailing), .init("of read-modify-write (%)", .trailing),
                .init("target (%)", .trailing), .init("times one thread", .trailing),
                .init("target", .trailing),
            ], keyColumnCount: 3)
        let widest = rates.noise.last?.instructionSet ?? .scalar
        for pass in rates.noise {
            let isScalar = pass.instructionSet == .scalar
            table.append([
                pass.distribution.rawValue, pass.instructionSet.rawValue, String(pass.threadCount),
                Figures.fixed(pass.elementNanoseconds, decimals: 3),
                Figures.percent(pass.shareOfReadModifyWrite),
                Target.atLeast(
                    NoiseWork.target(pass.distribution, on: pass.instructionSet, widest: widest),
                    found: pass.shareOfReadModifyWrite, figure: { Figures.percent($0, decimals: 0) }),
                Figures.fixed(pass.speedupOverOneThread, decimals: 2),
                Target.atLeast(
                    isScalar ? nil : 0.9 * Double(pass.threadCount), found: pass.speedupOverOneThread,
                    figure: { Figures.fixed($0, decimals: 1) }),
            ])
        }
        let whole = rates.bufferBytes / 4
        if let part = rates.noise.first(where: { $0.elementCount < whole }) {
            table.footnotes.append(
                "\(part.instructionSet.rawValue) \(part.distribution.rawValue) is bound by arithmetic alone and was "
                    + "timed on \(part.elementCount) elements.")
        }
        return table
    }

    private static func layerTable(_ rates: [LayerKernelRate]) -> Table {
        var table = Table(
            name: "layer-kernels",
            caption:
                "Element-wise and row-wise kernels against a plain loop over a working set of the same size.",
            columns: [
                .init("kernel"), .init("rows", .trailing), .init("columns", .trailing),
                .init("working set (KiB)", .trailing), .init("GB/s", .trailing),
                .init("plain loop"), .init("its GB/s", .trailing), .init("share (%)", .trailing),
            ],
            footnotes: [
                "Sets below 2 MiB are each thread's own. Softmax, sums of exponentials and the SwiGLU gate compute "
                    + "exponentials, so arithmetic bounds them where their rows are in the nearest cache."
            ])
        for rate in rates {
            table.append([
                rate.kernel, String(rate.rowCount), String(rate.columnCount),
                String(rate.workingSetBytes >> 10), Figures.fixed(rate.gigabytesPerSecond, decimals: 1),
                rate.ceiling.rawValue, Figures.fixed(rate.ceilingGigabytesPerSecond, decimals: 1),
                Figures.percent(rate.shareOfCeiling, decimals: 0),
            ])
        }
        return table
    }
}
