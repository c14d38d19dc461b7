package kz.qonyrau.speech.answering;

import java.time.Duration;

/// What [AnswerJudge] has to say.
public sealed interface Finding {

  /// How much audio had been heard when it was known.
  Duration at();

  /// Who answered. The first verdict comes in time to act on it; a later one replaces it, because
  /// something stronger was heard or the reason is known.
  ///
  /// @param confidence from 0 to 1; an order of the rules, measured on synthetic calls, and no
  ///   probability
  record Verdict(Answer answer, double confidence, Evidence evidence, Duration at)
      implements Finding {

    public Verdict {
      if (!(confidence >= 0 && confidence <= 1)) {
        throw new IllegalArgumentException("not a confidence from 0 to 1: " + confidence);
      }
    }
  }

  /// The machine records now, so a message may be left from here. At most one of each kind in a
  /// call; a beep that comes after the quiet is the better one.
  ///
  /// @param afterBeep whether a beep was heard; else the machine only fell silent
  record MessageMayBegin(boolean afterBeep, Duration at) implements Finding {}
}
