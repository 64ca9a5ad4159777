import Runner

extension StopRequest {
    /// A request whose first signal is answered at the terminal.
    static func announced() -> StopRequest {
        StopRequest {
            StandardError.write("\nstopping after this step; press Ctrl-C again to stop at once\n")
        }
    }
}
