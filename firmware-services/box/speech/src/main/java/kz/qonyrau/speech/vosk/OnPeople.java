package kz.qonyrau.speech.vosk;

/// How well a model is known to understand people, as its card (`conf/card.conf`, `--on-people`)
/// says.
public enum OnPeople {
  /// It was measured on people, and understood enough; or there is no card that doubts it.
  FAIR,
  /// It was measured on people, and misunderstood too much to be relied upon.
  POOR,
  /// It never heard anybody but synthesisers.
  UNMEASURED;

  /// Whether whoever uses the model should be told to be careful.
  public boolean isExperimental() {
    return this != FAIR;
  }
}
