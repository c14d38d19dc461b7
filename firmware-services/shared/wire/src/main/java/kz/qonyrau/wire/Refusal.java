package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// Why central's enrolment door said no.
///
/// @param code stable and upper case, for example `CLAIM_EXPIRED`
/// @param field the offending field, if it was one
/// @param detail for people: what is wrong and what to do
public record Refusal(String code, Optional<String> field, String detail) {

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{1,39}");

  /// Reads a refusal.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static Refusal parse(byte[] bytes) {
    Fields fields = Json.object("refusal", Json.text("refusal", bytes));
    Refusal refusal =
        new Refusal(
            fields.text("code", CODE, "a code"),
            fields.optionalText("field", 200),
            fields.text("detail", 1000));
    fields.end();
    return refusal;
  }

  /// The refusal as it is sent.
  public byte[] bytes() {
    ObjectNode node = Json.object();
    node.put("code", code);
    field.ifPresent(name -> node.put("field", name));
    node.put("detail", detail);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }
}
