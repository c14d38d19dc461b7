package kz.qonyrau.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import kz.qonyrau.speech.answering.Answer;
import kz.qonyrau.speech.answering.Finding.Verdict;
import kz.qonyrau.testsupport.answers.Label;

/// Counts trials: who was taken for whom, and after how long.
final class AnswerTally {

  private final List<AnswerTrial> trials = new ArrayList<>();

  void add(AnswerTrial trial) {
    trials.add(trial);
  }

  /// What the verdict says, as a label.
  static Label label(Answer answer) {
    return switch (answer) {
      case Answer.Human _ -> Label.HUMAN;
      case Answer.Machine _ -> Label.VOICEMAIL;
      case Answer.Announcement _ -> Label.ANNOUNCEMENT;
      case Answer.Silence _ -> Label.SILENCE;
      case Answer.Fax _ -> Label.FAX;
    };
  }

  /// Who is hung up on: whatever was taken for a machine, an announcement or a fax, ever.
  static boolean isHungUpOn(AnswerTrial trial) {
    return trial.verdicts().stream()
        .map(verdict -> label(verdict.answer()))
        .anyMatch(AnswerTally::isNobody);
  }

  static boolean isNobody(Label label) {
    return switch (label) {
      case VOICEMAIL, ANNOUNCEMENT, FAX -> true;
      case HUMAN, SILENCE -> false;
    };
  }

  private static boolean isMachine(AnswerTrial trial) {
    Label label = trial.staged().script().label();
    return label == Label.VOICEMAIL || label == Label.ANNOUNCEMENT;
  }

  private static boolean isHuman(AnswerTrial trial) {
    return trial.staged().script().label() == Label.HUMAN;
  }

  /// Figures under names that start with `prefix`; shares are in percent, times in seconds.
  Map<String, Double> figures(String prefix) {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("humansHungUpOnPercent", share(AnswerTally::isHuman, AnswerTally::isHungUpOn));
    figures.put("machinesAtOncePercent", share(AnswerTally::isMachine, this::isCaughtAtOnce));
    figures.put("machinesInTheEndPercent", share(AnswerTally::isMachine, this::isCaught));
    for (String language : List.of("ru", "kk", "en")) {
      figures.put(
          "machinesInTheEndPercent_" + language,
          share(
              trial ->
                  isMachine(trial)
                      && trial.staged().script().language().getLanguage().equals(language),
              this::isCaught));
    }
    figures.put("reasonsRightPercent", share(AnswerTally::isAnnounced, AnswerTally::isReasonRight));
    figures.put("beepsFoundPercent", share(AnswerTally::hasBeep, AnswerTally::isBeepFound));
    figures.put("firstVerdictP50Seconds", delay(AnswerTrial::delayMillis, 50));
    figures.put("firstVerdictP95Seconds", delay(AnswerTrial::delayMillis, 95));
    figures.put("lastVerdictP95Seconds", delay(AnswerTrial::lastDelayMillis, 95));
    Map<String, Double> named = new LinkedHashMap<>();
    figures.forEach((name, value) -> named.put(prefix + name, value));
    return named;
  }

  double humansHungUpOnPercent() {
    return share(AnswerTally::isHuman, AnswerTally::isHungUpOn);
  }

  private double share(Predicate<AnswerTrial> of, Predicate<AnswerTrial> which) {
    long all = trials.stream().filter(of).count();
    return all == 0 ? 0 : 100.0 * trials.stream().filter(of).filter(which).count() / all;
  }

  private boolean isCaughtAtOnce(AnswerTrial trial) {
    return isNobody(label(trial.verdicts().getFirst().answer()));
  }

  private boolean isCaught(AnswerTrial trial) {
    return isNobody(label(trial.verdicts().getLast().answer()));
  }

  private static boolean isAnnounced(AnswerTrial trial) {
    return trial.staged().script().label() == Label.ANNOUNCEMENT;
  }

  private static boolean isReasonRight(AnswerTrial trial) {
    return trial.verdicts().getLast().answer() instanceof Answer.Announcement(Answer.Reason reason)
        && reason.name().equals(trial.staged().script().reason());
  }

  private static boolean hasBeep(AnswerTrial trial) {
    return trial.sound().beepEnd() >= 0;
  }

  /// Within a fifth of a second of where it ended.
  private static boolean isBeepFound(AnswerTrial trial) {
    long end = trial.sound().beepEnd() / 8;
    return trial.messages().stream()
        .anyMatch(
            message -> message.afterBeep() && Math.abs(message.at().toMillis() - 100 - end) <= 200);
  }

  private double delay(Function<AnswerTrial, Long> millis, int percent) {
    List<Long> sorted =
        trials.stream()
            .filter(trial -> trial.staged().script().label() != Label.SILENCE)
            .map(millis)
            .sorted()
            .toList();
    return sorted.isEmpty() ? 0 : sorted.get((sorted.size() - 1) * percent / 100) / 1000.0;
  }

  /// A table of first and of last verdicts.
  String matrix(String title) {
    StringBuilder text = new StringBuilder();
    for (boolean first : new boolean[] {true, false}) {
      text.append(title).append(first ? ", first verdict" : ", last verdict").append('\n');
      text.append(String.format(Locale.ROOT, "%-14s", ""));
      for (Label taken : Label.values()) {
        text.append(String.format(Locale.ROOT, "%13s", taken));
      }
      text.append('\n');
      for (Label truth : Label.values()) {
        text.append(String.format(Locale.ROOT, "%-14s", truth));
        for (Label taken : Label.values()) {
          text.append(String.format(Locale.ROOT, "%13d", count(truth, taken, first)));
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private long count(Label truth, Label taken, boolean first) {
    return trials.stream()
        .filter(trial -> trial.staged().script().label() == truth)
        .filter(trial -> {
          List<Verdict> verdicts = trial.verdicts();
          return label((first ? verdicts.getFirst() : verdicts.getLast()).answer()) == taken;
        })
        .count();
  }

  /// Every call that went wrong in the end, a line each.
  String misses(String title) {
    StringBuilder text = new StringBuilder();
    for (AnswerTrial trial : trials) {
      Label truth = trial.staged().script().label();
      Label taken = label(trial.verdicts().getLast().answer());
      if (isNobody(truth) ? !isNobody(taken) : isHungUpOn(trial)) {
        text.append(title).append(": ").append(trial).append('\n');
      }
    }
    return text.toString();
  }
}
