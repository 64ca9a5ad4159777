/// The share of a step that must be able to shrink for a speedup to be possible at all: ``amdahlBound`` solved for it.
///
/// `(1 - 1 / speedup) / droppedParameterShare`, with `speedup` at least 1 and the dropped share above 0. Above 1 no step
/// can have it: even one that only perturbs and updates would not be so much faster.
package func amdahlRequiredShare(speedup: Double, droppedParameterShare: Double) -> Double {
    (1 - 1 / speedup) / droppedParameterShare
}
