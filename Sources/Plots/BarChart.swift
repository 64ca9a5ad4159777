/// Horizontal bars cut into segments, such as the phases of a step.
package struct BarChart: Sendable, Hashable {
    /// One bar.
    package struct Bar: Sendable, Hashable {
        /// What stands at its left.
        package var label: String
        /// The lengths of its segments, in the order of ``BarChart/segments``; what is not finite or below 0 counts as 0.
        package var values: [Double]
        /// What stands at its right, such as the figure that matters.
        package var note: String

        /// A bar from all its parts.
        package init(label: String, values: [Double], note: String) {
            self.label = label
            self.values = values
            self.note = note
        }
    }

    /// Bars under one heading.
    package struct Group: Sendable, Hashable {
        /// The heading.
        package var title: String
        /// The bars from top to bottom.
        package var bars: [Bar]

        /// A group from its parts.
        package init(title: String, bars: [Bar]) {
            self.title = title
            self.bars = bars
        }
    }

    /// The axis of lengths; bars begin at 0.
    package var axis: Axis
    /// The names of the segments from left to right, at most as many as ``PlotStyle/segmentCount``.
    package var segments: [String]
    /// The heading above the notes.
    package var noteTitle: String
    /// The bars by group.
    package var groups: [Group]

    /// A chart from all its parts.
    package init(axis: Axis, segments: [String], noteTitle: String, groups: [Group]) {
        self.axis = axis
        self.segments = segments
        self.noteTitle = noteTitle
        self.groups = groups
    }
}
