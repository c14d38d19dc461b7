package kz.qonyrau.wire;

import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Msisdn;
import tools.jackson.databind.node.ObjectNode;

/// A code that somebody typed who called a box, which may prove that the number is his (AC-WHO-01).
///
/// @param caller whose number was shown
/// @param code six digits
public record PassedCode(Msisdn caller, String code) {

  /// What a code looks like.
  public static final Pattern FORM = Pattern.compile("[0-9]{6}");

  /// @throws MalformedMessageException if it is no code
  public PassedCode {
    if (!FORM.matcher(code).matches()) {
      throw new MalformedMessageException("case.code", "is not six digits");
    }
  }

  static PassedCode read(Fields fields) {
    return new PassedCode(
        fields.word("caller", Msisdn::new, "a number in E.164 form"),
        fields.text("code", FORM, "six digits"));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("caller", caller.e164());
    node.put("code", code);
    return node;
  }
}
