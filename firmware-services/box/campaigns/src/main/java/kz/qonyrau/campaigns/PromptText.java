package kz.qonyrau.campaigns;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Puts a contact's values into the text of a campaign. Pure.
///
/// `{key}` stands for a value; braces around anything else are text. Values are inserted unchanged
/// and never looked into again (AC-CON-08).
public final class PromptText {

  private static final Pattern PLACE = Pattern.compile("\\{(\\p{L}[\\p{L}\\p{N}_]{0,29})}");

  private PromptText() {}

  /// The keys that a text names.
  public static Set<String> keys(String text) {
    Set<String> keys = new LinkedHashSet<>();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      keys.add(place.group(1));
    }
    return keys;
  }

  /// The text with the values in their places.
  ///
  /// @param variables a key without a value leaves nothing in the text
  public static String fill(String text, Map<String, String> variables) {
    return PLACE
        .matcher(text)
        .replaceAll(place -> Matcher.quoteReplacement(variables.getOrDefault(place.group(1), "")));
  }
}
