package kz.qonyrau.speech;

import java.time.Duration;
import java.util.List;

/// How recognition does at this moment, for a page and for whoever looks after the box.
///
/// @param languages those that can be recognised, in the order of their codes
/// @param overloaded whether the box is refusing to listen to new calls because it cannot keep up
/// @param deafened how many listenings were ended since the start because it could not keep up, or
///   refused for that reason
public record RecognitionState(List<Language> languages, boolean overloaded, long deafened) {

  public RecognitionState {
    languages = List.copyOf(languages);
  }

  /// Where a worker is in its life.
  public enum Condition {
    /// The model is being loaded; what is said meanwhile waits and is not lost.
    STARTING,
    READY,
    /// The worker died and another one is being started; what is said meanwhile waits.
    RESTARTING,
    /// It does not start; nothing is understood in this language.
    FAILED
  }

  /// One language.
  ///
  /// @param code ISO 639
  /// @param listenings under way
  /// @param busy share of the worker's threads that decode, 0 to 1
  /// @param behind how far the listening that is most behind is behind
  /// @param deaths how often its worker died since the start of the box
  /// @param lastDeath what is known about the last time; empty if never
  /// @param residentBytes memory of its worker; 0 if not known
  public record Language(
      String code,
      Condition condition,
      int listenings,
      double busy,
      Duration behind,
      int deaths,
      String lastDeath,
      long residentBytes) {}
}
