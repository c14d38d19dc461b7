package kz.qonyrau.speech.models;

/// How far the making of a model on the shelf is.
///
/// @param stage what is being done
/// @param doneBytes of `allBytes`; both 0 where there is nothing to count
public record Progress(Stage stage, long doneBytes, long allBytes) {

  /// What is being done, in this order; not every model passes through all of them. The names are
  /// codes that pages translate.
  public enum Stage {
    /// The archive's list and checksum.
    CHECKING,
    UNPACKING,
    /// The graph with own words.
    BUILDING,
    /// The model's files, and onto the disk with them.
    VERIFYING
  }
}
