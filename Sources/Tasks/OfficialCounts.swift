/// How many examples the official release of a task gives, counted as this room counts examples: an answer of MultiRC and
/// a query of ReCoRD are one each.
package struct OfficialCounts: Sendable, Hashable {
    /// Of the train split.
    package let train: Int
    /// Of the labelled validation split.
    package let validation: Int
    /// Where the counts are from.
    package let source: String

    /// The count of a split.
    package subscript(split: ArchiveSplit) -> Int {
        switch split {
        case .train: train
        case .validation: validation
        }
    }

    /// The counts of a task's release, nil for a task that has none.
    package static func of(_ task: any TaskDefinition) -> OfficialCounts? { byTask[task.name] }

    private static let byTask: [String: OfficialCounts] = [
        SST2().name: OfficialCounts(train: 67_349, validation: 872, source: glue),
        RTE().name: OfficialCounts(train: 2_490, validation: 277, source: superGLUE),
        CB().name: OfficialCounts(train: 250, validation: 56, source: superGLUE),
        BoolQ().name: OfficialCounts(train: 9_427, validation: 3_270, source: superGLUE),
        BoolQ(keepsTitles: true).name: OfficialCounts(train: 9_427, validation: 3_270, source: superGLUE),
        WSC().name: OfficialCounts(train: 554, validation: 104, source: superGLUE),
        WiC().name: OfficialCounts(train: 5_428, validation: 638, source: superGLUE),
        MultiRC().name: OfficialCounts(train: 27_243, validation: 4_848, source: superGLUE),
        COPA().name: OfficialCounts(train: 400, validation: 100, source: superGLUE),
        ReCoRD().name: OfficialCounts(train: 100_730, validation: 10_000, source: superGLUE),
        SQuAD().name: OfficialCounts(
            train: 87_599, validation: 10_570, source: "SQuAD 1.1 (Rajpurkar et al., 2016)"),
        DROP().name: OfficialCounts(
            train: 77_400, validation: 9_535,
            source:
                "DROP (Dua et al., 2019) as Hugging Face's data set 'drop' counts it, which leaves out 10 of its 86,945 "
                + "questions"),
    ]

    private static let glue = "GLUE (Wang et al., 2019), as Hugging Face's data set 'glue' counts it"
    private static let superGLUE =
        "SuperGLUE, version 2 (Wang et al., 2019), as Hugging Face's data set 'super_glue' counts it"
}
