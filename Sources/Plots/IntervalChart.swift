/// One point with its interval a row, such as the score of each method.
package struct IntervalChart: Sendable, Hashable {
    /// One row.
    package struct Row: Sendable, Hashable {
        /// What stands at its left.
        package var label: String
        /// The point; nil or not finite for a row without a result, which is shown with its note alone.
        package var value: Double?
        /// The lower end of the interval, nil without one.
        package var low: Double?
        /// The upper end.
        package var high: Double?
        /// The single values that the point is the mean of, drawn small.
        package var samples: [Double]
        /// What stands at its right, such as the figures in digits.
        package var note: String

        /// A row from all its parts.
        package init(
            label: String, value: Double?, low: Double? = nil, high: Double? = nil, samples: [Double] = [],
            note: String
        ) {
            self.label = label
            self.value = value
            self.low = low
            self.high = high
            self.samples = samples
            self.note = note
        }
    }

    /// Rows under one heading.
    package struct Group: Sendable, Hashable {
        /// The heading.
        package var title: String
        /// A value that the group's rows are held against, drawn through all of them.
        package var reference: Double?
        /// The rows from top to bottom.
        package var rows: [Row]

        /// A group from its parts.
        package init(title: String, reference: Double?, rows: [Row]) {
            self.title = title
            self.reference = reference
            self.rows = rows
        }
    }

    /// The axis of values.
    package var axis: Axis
    /// What the groups' references are, for the legend.
    package var referenceLabel: String
    /// What the small points are, for the legend.
    package var sampleLabel: String
    /// The heading above the notes.
    package var noteTitle: String
    /// The rows by group.
    package var groups: [Group]

    /// A chart from all its parts.
    package init(
        axis: Axis, referenceLabel: String, sampleLabel: String, noteTitle: String, groups: [Group]
    ) {
        self.axis = axis
        self.referenceLabel = referenceLabel
        self.sampleLabel = sampleLabel
        self.noteTitle = noteTitle
        self.groups = groups
    }
}
