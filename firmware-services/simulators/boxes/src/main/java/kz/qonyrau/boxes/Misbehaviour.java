package kz.qonyrau.boxes;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a simulated box can be ordered to do wrong. Each is drawn anew with every report that the
/// box makes.
public enum Misbehaviour {
  /// Sends a report twice in a row.
  DUPLICATE,
  /// Sends a report again that central has acknowledged: the same id, the same body.
  REPLAY,
  /// Sends another body under the id of a report that central has acknowledged.
  FORK("MESSAGE_FORKED"),
  /// Lets later reports overtake one.
  REORDER,
  /// Dates a report wrong, by minutes to years.
  CLOCK,
  /// Sends a report that another key has signed.
  FORGERY("BAD_SIGNATURE"),
  /// Sends a report in another box's name on its own topic.
  NAME("FOREIGN_BOX_ID"),
  /// Sends bytes that are no message.
  GARBAGE("MESSAGE_MALFORMED"),
  /// Sends a report on another box's topic.
  TOPIC,
  /// Sends 10 MB at once.
  OVERSIZED,
  /// Goes away for a while, half of the times without a word, and reports meanwhile into its queue.
  OFFLINE;

  private final Optional<String> alarm;

  Misbehaviour() {
    this.alarm = Optional.empty();
  }

  Misbehaviour(String alarm) {
    this.alarm = Optional.of(alarm);
  }

  /// The code of the alarm that central must raise, if it sees this at all.
  Optional<String> alarm() {
    return alarm;
  }

  /// The word on the command line.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Misbehaviour> ofWord(String word) {
    return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
  }
}
