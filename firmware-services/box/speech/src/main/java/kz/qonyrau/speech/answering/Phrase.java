package kz.qonyrau.speech.answering;

import java.util.List;
import java.util.Optional;

/// Words in their order, with at most two others between each two of them.
///
/// @param reason of an announcement
/// @param words folded as [Words] does; a star at the end stands for any ending
record Phrase(Kind kind, Optional<Answer.Reason> reason, List<String> words) {

  /// Who says it.
  enum Kind {
    HUMAN,
    MACHINE,
    ANNOUNCEMENT,
    /// Hardly anybody else, but no proof.
    SUSPECT
  }

  private static final int LONGEST_GAP = 2;

  Phrase {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("a phrase has at least one word");
    }
    if ((kind == Kind.ANNOUNCEMENT) != reason.isPresent()) {
      throw new IllegalArgumentException(
          "an announcement has a reason, nothing else has: " + words);
    }
  }

  boolean isIn(List<String> said) {
    for (int start = 0; start < said.size(); start++) {
      if (matches(said.get(start), words.getFirst()) && continues(said, start + 1, 1)) {
        return true;
      }
    }
    return false;
  }

  private boolean continues(List<String> said, int from, int word) {
    if (word == words.size()) {
      return true;
    }
    for (int at = from; at < said.size() && at <= from + LONGEST_GAP; at++) {
      if (matches(said.get(at), words.get(word)) && continues(said, at + 1, word + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String said, String wanted) {
    return wanted.endsWith("*")
        ? said.startsWith(wanted.substring(0, wanted.length() - 1))
        : said.equals(wanted);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
