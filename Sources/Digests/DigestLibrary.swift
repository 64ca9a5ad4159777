import COpenSSL

/// The libcrypto that this process loaded.
package enum DigestLibrary {
    /// Its own version string, such as `OpenSSL 3.0.17`.
    package static var version: String {
        OpenSSL_version(OPENSSL_VERSION).map { String(cString: $0) } ?? "unknown"
    }
}
