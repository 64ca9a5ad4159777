/// What `/proc/cpuinfo` says of the processors.
package struct ProcessorFacts: Sendable, Hashable {
    /// The model's name, or `unknown`.
    package var modelName: String
    /// Clock rates in MHz, one a processor; empty where the kernel does not tell.
    package var megahertz: [Double]

    /// Facts from the text of `/proc/cpuinfo`, x86-64 or AArch64.
    package init(cpuinfo: String) {
        var fields: [String: String] = [:]
        megahertz = []
        for line in cpuinfo.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let key = line[..<colon].trimmedSpaces
            let value = line[line.index(after: colon)...].trimmedSpaces
            if fields[key] == nil { fields[key] = value }
            if key == "cpu MHz", let rate = Double(value) { megahertz.append(rate) }
        }
        if let name = fields["model name"], !name.isEmpty {
            modelName = name
        } else if let implementer = fields["CPU implementer"], let part = fields["CPU part"] {
            // AArch64 kernels give numbers only; the two together name the core.
            modelName = "AArch64 implementer \(implementer) part \(part)"
        } else {
            modelName = "unknown"
        }
    }
}

extension Substring {
    /// Without spaces and tabs at both ends.
    var trimmedSpaces: String {
        var rest = self
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
        return String(rest)
    }
}
