/// The largest speedup of a step when only a share of its time can shrink, and only by a share of that.
///
/// `1 / (1 - overheadShare * droppedParameterShare)`: perturbing and updating take `overheadShare` of a MeZO step and
/// shrink in proportion to the parameters left out, while the two forward passes stay (Amdahl 1967). Both shares are in
/// 0...1; infinite when both are 1.
package func amdahlBound(overheadShare: Double, droppedParameterShare: Double) -> Double {
    1 / (1 - overheadShare * droppedParameterShare)
}
