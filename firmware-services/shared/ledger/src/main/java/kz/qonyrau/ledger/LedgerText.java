package kz.qonyrau.ledger;

import java.util.regex.Pattern;

/// The forms of what callers write into the book.
final class LedgerText {

  private static final Pattern ID = Pattern.compile("[!-~]{1,80}");
  private static final int LONGEST_REASON = 200;

  private LedgerText() {}

  static void requireId(String what, String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "not a " + what + ": 1 to 80 visible ASCII characters, not " + id.length());
    }
  }

  static void requireReason(String reason) {
    if (reason.length() > LONGEST_REASON || reason.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "a reason has at most "
              + LONGEST_REASON
              + " characters and no control characters; this one has "
              + reason.length());
    }
  }
}
