/// How many elements a shape has, or nil when that does not fit an `Int`.
func elementCount(_ shape: [Int]) -> Int? {
    var product = 1
    for size in shape {
        let (next, overflows) = product.multipliedReportingOverflow(by: size)
        guard size >= 0, !overflows else { return nil }
        product = next
    }
    return product
}

extension WeightSource {
    /// The error for a name that the source does not have.
    func missing(_ name: String, in file: String) -> ModelFileError {
        ModelFileError(
            .notFound, file: file, place: "tensor \(name)", "is not there",
            advice: "check that the file holds the model that its configuration describes")
    }

    /// Refuses a destination that is not as large as the tensor.
    func check(
        _ destination: TensorDestination, for name: String, shape: [Int], in file: String
    ) throws(ModelFileError) {
        guard elementCount(shape) == destination.count else {
            throw ModelFileError(
                .mismatch, file: file, place: "tensor \(name)",
                "has shape \(shape), but \(destination.count) elements were asked for",
                advice: "check that the weights and the configuration belong together")
        }
    }
}
