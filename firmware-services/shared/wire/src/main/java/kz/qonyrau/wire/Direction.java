package kz.qonyrau.wire;

/// Who publishes on a topic.
public enum Direction {
  /// The box publishes, central reads.
  UP,
  /// Central publishes, the box reads.
  DOWN
}
