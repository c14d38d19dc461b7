package kz.qonyrau.uplink;

/// What became of a document that somebody carried to the box in a file.
///
/// @param schema its kind and form, for example `licence/1`, as the file says
public record DocumentVerdict(String schema, Outcome outcome) {

  /// What became of it.
  public enum Outcome {
    /// It replaced what was held, and is in force.
    IN_FORCE,
    /// It was held already.
    HELD,
    /// A newer one is held.
    OLDER,
    /// It is made out to another box.
    ANOTHER_BOX,
    /// It is not signed by this box's provider.
    FORGED,
    /// This version is held with another text.
    FORKED,
    /// It is signed, and this program cannot read it.
    UNREADABLE
  }
}
