import CKernels

/// The gate of a SwiGLU block.
///
/// Determinism class: the same bits on every instruction set and for any number of threads.
package enum GatedActivation {
    /// `gate = silu(gate) · up`, element by element, `silu(x) = x / (1 + e^-x)`.
    ///
    /// Shapes: gate and up [T, F]. Source: Shazeer 2020, eq. 6.
    package static func silu(gate: MatrixView, up: MatrixView, team: ThreadTeam) {
        team.forEachRowChunk(.activation, rowCount: gate.rowCount, columnCount: gate.columnCount) { rows in
            ck_layers().pointee.silu_gate(
                gate.row(rows.lowerBound), Int64(gate.rowStride), up.row(rows.lowerBound),
                Int64(up.rowStride), Int64(rows.count), Int64(gate.columnCount))
        }
    }
}
