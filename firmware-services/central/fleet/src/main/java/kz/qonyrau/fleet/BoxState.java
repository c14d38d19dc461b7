package kz.qonyrau.fleet;

/// How central sees a box.
public enum BoxState {
  /// Its connection is open and its heartbeats come.
  ONLINE,
  /// Its last will was published, or its heartbeats stopped.
  OFFLINE,
  /// Enrolled, and not heard of since.
  NEVER_SEEN,
  /// Its certificate is refused for good.
  REVOKED
}
