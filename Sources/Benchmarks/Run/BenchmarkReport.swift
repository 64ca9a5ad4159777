import Comparison
import Provenance
package import Reports

/// The results of benchmarks as a report.
package enum BenchmarkReport {
    /// A report of everything that was measured.
    package static func make(from results: BenchmarkResults) -> Report {
        var sections = [circumstances(results)]
        if let kernels = results.kernels { sections += KernelSections.all(kernels) }
        if let products = results.products {
            sections.append(ProductSection.make(products.rates, model: products.model))
        }
        if let forward = results.forward {
            if results.products == nil {
                sections.append(ProductSection.make(forward.productRates, model: forward.model))
            }
            sections.append(ForwardSection.make(forward))
        }
        if let steps = results.steps { sections.append(StepSection.make(steps)) }
        return Report(
            title: "Benchmark on \(results.environment.processor)", sections: sections,
            footer: [
                "Every ceiling was measured in this run, beside what is compared with it. Ratios say something beyond "
                    + "this machine and hour; times do not."
            ])
    }

    private static func circumstances(_ results: BenchmarkResults) -> Report.Section {
        var table = Table(
            name: "environment", caption: "Machine, build and libraries.",
            columns: [.init("property"), .init("value")])
        for (property, value) in EnvironmentFacts.all {
            table.append([property, value(results.environment)])
        }
        let moments = [
            ("before", results.loadBefore.otherBusyProcessors), ("meanwhile", results.otherBusyProcessors),
            ("after", results.loadAfter.otherBusyProcessors),
        ]
        table.append([
            "other load (processors)",
            moments.map { "\($0) \(Figures.fixed($1, decimals: 2))" }.joined(separator: ", "),
        ])
        table.append(["measured in (s)", Figures.fixed(results.seconds, decimals: 0)])
        table.footnotes = remarks(results)
        return Report.Section(title: "Circumstances", blocks: [.table(table)])
    }

    /// Processors that something else may keep busy, on average, before the figures are in doubt.
    private static let tolerableLoad = 0.1

    private static func remarks(_ results: BenchmarkResults) -> [String] {
        var remarks: [String] = []
        if let reason = TimingEnvironment.reasonAgainst(results.environment) { remarks.append("\(reason).") }
        if results.otherBusyProcessors > tolerableLoad {
            remarks.append(
                "Something else was busy on this machine; figures may be too low, ceilings among them.")
        }
        return remarks
    }
}
