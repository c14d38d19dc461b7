package kz.qonyrau.vocabulary;

import java.util.regex.Pattern;

final class CanonicalUuid {

  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private CanonicalUuid() {}

  static String require(String what, String value) {
    if (!FORM.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a "
              + what
              + ": '"
              + (value.length() > 40 ? value.substring(0, 40) + "…" : value)
              + "', expected a UUID in lower case");
    }
    return value;
  }
}
