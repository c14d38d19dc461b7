package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.databind.node.ObjectNode;

/// Something that central tells a customer (SH-NOT-01). It bears a code, figures and names and no
/// text of its own, so each page says it in its reader's language.
///
/// @param id a UUID that names it for good, on every box of the customer
/// @param code what is told, such as `BALANCE_LOW`; a word and not an enum, so that a box whose
///   program is older can still say that there is something
/// @param at when it became true
/// @param amount the money that is spoken of, if any; may be below zero
/// @param until the moment that is spoken of, if any
/// @param subject the name of what is spoken of, if any, 1 to 300 characters
public record Notice(
    String id,
    String code,
    Instant at,
    Optional<Tenge> amount,
    Optional<Instant> until,
    Optional<String> subject) {

  /// So many characters the longest subject has.
  public static final int LONGEST_SUBJECT = 300;

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{1,39}");

  /// @throws MalformedMessageException if it makes no sense: see the components
  public Notice {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    until = until.map(moment -> moment.truncatedTo(ChronoUnit.MILLIS));
    if (!Ids.UUID.matcher(id).matches()) {
      throw new MalformedMessageException("notice.id", "is not a UUID in lower case");
    }
    if (!CODE.matcher(code).matches()) {
      throw new MalformedMessageException("notice.code", "is not a code");
    }
    if (subject.filter(text -> text.isBlank() || text.length() > LONGEST_SUBJECT).isPresent()) {
      throw new MalformedMessageException(
          "notice.subject", "does not have 1 to " + LONGEST_SUBJECT + " characters");
    }
  }

  static Notice read(Fields fields) {
    return new Notice(
        fields.text("id", Ids.UUID, "a UUID in lower case"),
        fields.text("code", CODE, "a code"),
        fields.instant("at"),
        fields.optionalMoney("amountTiyn"),
        fields.optionalInstant("until"),
        fields.optionalText("subject", LONGEST_SUBJECT));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("id", id);
    node.put("code", code);
    node.put("at", at.toString());
    amount.ifPresent(money -> node.put("amountTiyn", money.tiyn()));
    until.ifPresent(moment -> node.put("until", moment.toString()));
    subject.ifPresent(name -> node.put("subject", name));
    return node;
  }
}
