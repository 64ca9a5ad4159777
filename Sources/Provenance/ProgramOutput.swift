import Glibc

/// Runs a small program and collects what it prints, for facts that only a program can tell.
enum ProgramOutput {
    /// The standard output of `program`, found on the path, or nil when it is absent, fails or takes longer than
    /// `seconds`; its standard error goes nowhere.
    static func of(_ program: String, _ arguments: [String], within seconds: Int = 5) -> String? {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        // The child gets its own copy as standard output and must not hold these two open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        defer { close(ends[0]) }
        guard let child = spawn(program, arguments, output: ends[1]) else {
            close(ends[1])
            return nil
        }
        close(ends[1])
        let bytes = collect(ends[0], within: seconds)
        if bytes == nil { kill(child, SIGKILL) }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 && errno == EINTR {}
        guard let bytes, status == 0 else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func spawn(_ program: String, _ arguments: [String], output: Int32) -> pid_t? {
        var actions = posix_spawn_file_actions_t()
        guard posix_spawn_file_actions_init(&actions) == 0 else { return nil }
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var argumentPointers = nullTerminated([program] + arguments)
        var environmentPointers = nullTerminated(variables())
        defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
        var child = pid_t()
        let status = posix_spawnp(&child, program, &actions, nil, &argumentPointers, &environmentPointers)
        return status == 0 ? child : nil
    }

    /// Copies of the words as C strings, with the null pointer that ends such a list; the caller frees them.
    private static func nullTerminated(_ words: [String]) -> [UnsafeMutablePointer<CChar>?] {
        var pointers: [UnsafeMutablePointer<CChar>?] = []
        for word in words { pointers.append(strdup(word)) }
        pointers.append(nil)
        return pointers
    }

    /// A short environment: nothing of the caller's may turn the program to another repository or language.
    private static func variables() -> [String] {
        let names: [String] = ["PATH", "HOME"]
        let kept: [String] = names.compactMap { name in
            getenv(name).map { value in "\(name)=\(String(cString: value))" }
        }
        // Asking for a state must not rewrite the repository's index.
        return kept + ["LC_ALL=C", "GIT_OPTIONAL_LOCKS=0"]
    }

    private static func collect(_ descriptor: Int32, within seconds: Int) -> [UInt8]? {
        let deadline = ContinuousClock.now + .seconds(seconds)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 16_384)
        while true {
            let left = deadline - ContinuousClock.now
            guard left > .zero else { return nil }
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&waiting, 1, Int32(clamping: Int((left / .milliseconds(1)).rounded(.up))))
            if ready <= 0 { continue }
            let count = read(descriptor, &piece, piece.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? nil : bytes }
            bytes += piece[..<count]
        }
    }
}
