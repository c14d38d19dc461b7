package kz.qonyrau.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Msisdn;

/// Looks for telephone numbers where none may be (PLT-24): in every common notation, that is with
/// or without country code, with 8, 7 or +7 in front, with blanks, dashes, dots and brackets in
/// between, and in Base64. Only numbers of Kazakhstan and its neighbours in +7.
///
/// Of a number in identifiers only whole runs of digits count, so that a random UUID is not taken
/// for one.
public final class PrivacyScan {

  // Ten digits that may be separated as people separate them; hexadecimal letters end a number.
  private static final Pattern RUN =
      Pattern.compile("(?<![0-9A-Fa-f])[0-9](?:[ ().\\u00a0-]{0,2}[0-9]){9,15}(?![0-9A-Fa-f])");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9A-Fa-f]{4})");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/]{12,}={0,2}");

  private final Map<String, Msisdn> bySubscriberDigits = new HashMap<>();

  /// Adds a number to look for.
  public void watchFor(Msisdn number) {
    bySubscriberDigits.put(lastTen(number.digits()), number);
  }

  /// The watched numbers that occur in `text`, with repetitions, in order.
  public List<Msisdn> findIn(String text) {
    String plain = ESCAPE.matcher(text).replaceAll(escape -> unescape(escape.group(1)));
    List<Msisdn> found = new ArrayList<>(findPlain(plain));
    Matcher encoded = BASE64.matcher(plain);
    while (encoded.find()) {
      found.addAll(findPlain(decode(encoded.group())));
    }
    return found;
  }

  private List<Msisdn> findPlain(String text) {
    List<Msisdn> found = new ArrayList<>();
    Matcher runs = RUN.matcher(text);
    while (runs.find()) {
      String digits = runs.group().replaceAll("[^0-9]", "");
      Msisdn number = bySubscriberDigits.get(lastTen(digits));
      if (number != null) {
        found.add(number);
      }
    }
    return found;
  }

  private static String lastTen(String digits) {
    return digits.length() <= 10 ? digits : digits.substring(digits.length() - 10);
  }

  private static String unescape(String hexadecimal) {
    return Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(hexadecimal, 16)));
  }

  private static String decode(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
