package kz.qonyrau.campaigns;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberType;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import java.text.Normalizer;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Msisdn;

/// Reads telephone numbers of Kazakhstan as people and spreadsheets write them (AC-CON-05).
///
/// `+7 (701) 234-56-78`, `8 701 2345678`, `77012345678`, `701 234 56 78`, `810 7 701…`, with any
/// spaces, dashes, dots and brackets, a spreadsheet's leading apostrophe or `="…"`, and digits of
/// any width. Only mobile and city networks are accepted. Pure; safe for use by several threads.
public final class KazakhNumbers {

  private static final int LONGEST_CELL = 64;
  private static final Pattern SCIENTIFIC =
      Pattern.compile("\\+?[0-9]([.,][0-9]*)?[eEеЕ]\\+?[0-9]{1,3}");
  private static final Pattern FORMULA_TEXT = Pattern.compile("=\"([^\"]*)\"");

  /// What a spreadsheet adds to a whole number.
  private static final Pattern NO_FRACTION = Pattern.compile("(\\+?[0-9]{10,14})[.,]0{1,6}");

  private static final Pattern SEVERAL = Pattern.compile(".*[0-9]{5,}.*[,;/|\\\\].*[0-9]{5,}.*");

  private final PhoneNumberUtil plan = PhoneNumberUtil.getInstance();

  /// What a cell says, however people and spreadsheets write a number.
  ///
  /// @param cell as it stands in the file
  public NumberReading read(String cell) {
    if (cell.length() > LONGEST_CELL) {
      return notANumber("The cell is longer than any telephone number.");
    }
    String text = Normalizer.normalize(cell, Normalizer.Form.NFKC).strip();
    if (text.isEmpty()) {
      return new NumberReading.NoNumber(
          RejectCode.EMPTY_NUMBER, "The cell of the number is empty.");
    }
    var formula = FORMULA_TEXT.matcher(text);
    if (formula.matches()) {
      text = formula.group(1).strip();
    }
    if (text.startsWith("'") || text.startsWith("’") || text.startsWith("`")) {
      text = text.substring(1).strip();
    }
    if (SCIENTIFIC.matcher(text).matches()) {
      return new NumberReading.NoNumber(
          RejectCode.SCIENTIFIC_NOTATION,
          "Excel has rounded this number and its last digits are lost; format the column as text"
              + " and export the list again.");
    }
    var whole = NO_FRACTION.matcher(text);
    if (whole.matches()) {
      text = whole.group(1);
    }
    if (SEVERAL.matcher(text).matches()) {
      return notANumber("The cell holds more than one number; put each on a row of its own.");
    }
    return ofDigits(text);
  }

  /// What to look for among numbers when somebody types this: the digits of a whole number, or
  /// those that were typed, at most 20 of them.
  String digitsOf(String search) {
    if (read(search) instanceof NumberReading.Dialable(var number)) {
      return number.digits();
    }
    StringBuilder digits = new StringBuilder();
    search
        .codePoints()
        .map(c -> Character.digit(c, 10))
        .filter(digit -> digit >= 0)
        .limit(20)
        .forEach(digits::append);
    return digits.toString();
  }

  private NumberReading ofDigits(String text) {
    StringBuilder digits = new StringBuilder(text.length());
    boolean international = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = Character.digit(c, 10);
      if (digit >= 0) {
        digits.append((char) ('0' + digit));
      } else if (c == '+' && digits.isEmpty() && !international) {
        international = true;
      } else if (!isSeparator(c)) {
        return notANumber("The cell holds other characters than a telephone number has.");
      }
    }
    String number = digits.toString();
    if (number.isEmpty()) {
      return notANumber("The cell holds no digits.");
    }
    if (!international && number.startsWith("810") && number.length() > 11) {
      number = number.substring(3);
      international = true;
    } else if (!international && number.startsWith("00") && number.length() > 11) {
      number = number.substring(2);
      international = true;
    }
    if (international) {
      if (!number.startsWith("7")) {
        return number.length() >= 7 && number.length() <= 15
            ? foreign()
            : notANumber("A number of Kazakhstan has 11 digits with its country code.");
      }
      return national(number.substring(1));
    }
    return switch (number.length()) {
      case 10 -> national(number);
      case 11 ->
          number.charAt(0) == '7' || number.charAt(0) == '8'
              ? national(number.substring(1))
              : foreign();
      case 12, 13 -> foreign();
      default ->
          notANumber(
              "A number of Kazakhstan has 10 digits after +7 or 8, not " + number.length() + ".");
    };
  }

  private NumberReading national(String national) {
    if (national.length() != 10) {
      return notANumber(
          "A number of Kazakhstan has 10 digits after +7, not " + national.length() + ".");
    }
    PhoneNumber number =
        new PhoneNumber().setCountryCode(7).setNationalNumber(Long.parseLong(national));
    char first = national.charAt(0);
    if (first != '0' && plan.isValidNumberForRegion(number, "KZ")) {
      PhoneNumberType type = plan.getNumberType(number);
      return switch (type) {
        case MOBILE, FIXED_LINE, FIXED_LINE_OR_MOBILE, VOIP, PERSONAL_NUMBER ->
            new NumberReading.Dialable(new Msisdn("+7" + national));
        case TOLL_FREE, PREMIUM_RATE, SHARED_COST, PAGER, UAN, VOICEMAIL, UNKNOWN ->
            new NumberReading.NoNumber(
                RejectCode.SERVICE_NUMBER,
                "This is a toll-free or paid service, not a mobile or city number.");
      };
    }
    if (first == '7' || first == '6' || first == '0') {
      return new NumberReading.NoNumber(
          RejectCode.UNASSIGNED, "No range of Kazakhstan that is in use has such numbers.");
    }
    return foreign();
  }

  private static boolean isSeparator(char c) {
    return switch (c) {
      case '(', ')', '[', ']', '-', '.', '/', '~', '_' -> true;
      default ->
          Character.isWhitespace(c)
              || Character.isSpaceChar(c)
              || Character.getType(c) == Character.DASH_PUNCTUATION
              || Character.getType(c) == Character.FORMAT
              || c == '\u2212';
    };
  }

  private static NumberReading foreign() {
    return new NumberReading.NoNumber(
        RejectCode.FOREIGN, "Only numbers of Kazakhstan are accepted.");
  }

  private static NumberReading notANumber(String detail) {
    return new NumberReading.NoNumber(RejectCode.NOT_A_NUMBER, detail);
  }
}
