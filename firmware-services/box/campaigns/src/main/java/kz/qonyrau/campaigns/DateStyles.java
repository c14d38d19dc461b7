package kz.qonyrau.campaigns;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/// How a workbook shows its numbers: which of them are dates, and what they look like as text.
/// Pure.
///
/// @param dates the styles that show a number as a date or a time
/// @param from1904 whether day 0 is 1 January 1904 instead of 30 December 1899
record DateStyles(Set<Integer> dates, boolean from1904) {

  /// Numbers are numbers.
  static final DateStyles NONE = new DateStyles(Set.of(), false);

  /// Excel computes and shows so many digits.
  private static final MathContext SHOWN = new MathContext(15, RoundingMode.HALF_UP);

  private static final BigDecimal LAST_DAY = new BigDecimal("2958466"); // 10000-01-01
  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final int LONGEST_NUMBER = 400;
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd.MM.yyyy");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter BOTH = DateTimeFormatter.ofPattern("dd.MM.yyyy HH:mm");

  /// Copies the set.
  DateStyles {
    dates = Set.copyOf(dates);
  }

  /// Whether a format shows a date or a time.
  ///
  /// @param format its number; below 164 it has a fixed meaning (ECMA-376 part 1, 18.8.30)
  /// @param code what it says of itself, if it does
  static boolean isDate(int format, Optional<String> code) {
    if (code.isEmpty()) {
      return (format >= 14 && format <= 22)
          || (format >= 27 && format <= 36)
          || (format >= 45 && format <= 47)
          || (format >= 50 && format <= 58);
    }
    boolean quoted = false;
    boolean bracketed = false;
    String text = code.get();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        quoted = c != '"';
      } else if (bracketed) {
        bracketed = c != ']';
      } else if (c == '\\' || c == '_' || c == '*') {
        i++;
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[') {
        bracketed = true;
      } else if ("dmyhsDMYHS".indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  /// A number as people see it: `87011234567`, `1500.5`, or `25.11.2026` if its style says so. What
  /// is no number is left as it is.
  ///
  /// @param style of its cell; -1 if it has none
  String shown(String number, int style) {
    BigDecimal value;
    try {
      if (number.length() > LONGEST_NUMBER) {
        return number;
      }
      value = new BigDecimal(number).round(SHOWN);
    } catch (NumberFormatException _) {
      return number;
    }
    if (dates.contains(style) && value.signum() >= 0 && value.compareTo(LAST_DAY) < 0) {
      return date(value);
    }
    return Math.abs(value.scale()) > LONGEST_NUMBER
        ? number
        : value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private String date(BigDecimal value) {
    long days = value.longValue();
    long seconds =
        value
            .remainder(BigDecimal.ONE)
            .multiply(BigDecimal.valueOf(SECONDS_OF_A_DAY))
            .setScale(0, RoundingMode.HALF_UP)
            .longValue();
    // There is no 29 February 1900, but in workbooks.
    LocalDate first =
        from1904
            ? LocalDate.of(1904, 1, 1)
            : days < 60 ? LocalDate.of(1899, 12, 31) : LocalDate.of(1899, 12, 30);
    LocalDateTime at = first.plusDays(days).atStartOfDay().plusSeconds(seconds);
    if (days == 0 && !from1904) {
      return TIME.format(at);
    }
    return seconds == 0 ? DATE.format(at) : BOTH.format(at);
  }
}
