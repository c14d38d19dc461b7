package kz.qonyrau.wire;

import java.util.Optional;

/// The rule by which a box replaces a document that it holds (PLT-10): versions only grow. Pure.
public final class DocumentInForce {

  private DocumentInForce() {}

  /// What to do with a document that was offered.
  public sealed interface Verdict {

    /// Newer than what is held: put it in force.
    record Replace() implements Verdict {}

    /// The very document that is held.
    record Repeated() implements Verdict {}

    /// Refused: a newer one is held.
    record Older(long held, long offered) implements Verdict {}

    /// Refused: the version is held with another text. Someone issued a version twice.
    record Forked(long version) implements Verdict {}
  }

  /// A document with its version.
  ///
  /// @param version from 1
  public record Versioned(long version, SignedDocument document) {}

  /// Compares what is offered with what is held. Both signatures have been checked before.
  public static Verdict judge(Optional<Versioned> held, Versioned offered) {
    if (held.isEmpty() || offered.version() > held.get().version()) {
      return new Verdict.Replace();
    }
    if (offered.version() < held.get().version()) {
      return new Verdict.Older(held.get().version(), offered.version());
    }
    // The same text may be signed again; only the text counts.
    return offered.document().text().equals(held.get().document().text())
        ? new Verdict.Repeated()
        : new Verdict.Forked(offered.version());
  }
}
