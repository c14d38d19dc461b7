package kz.qonyrau.wire;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// That nothing may be deleted of what a box keeps, or of its calls of some days, because the law
/// or a claim wants it (SH-RET-02). It stands in the license, beside the suspensions, so it reaches
/// a box that was away, is carried there in a file like the rest of it, and ends only with a newer
/// license that no longer has it.
///
/// @param id a UUID, by which it is lifted and by which proofs of deletion name it
/// @param days of which calls; empty for everything on the box
/// @param reason for the box's owner, 1 to 300 characters
/// @param by who put it, 1 to 100 characters
/// @param since when it was put
public record LegalHold(
    String id, Optional<HeldDays> days, String reason, String by, Instant since) {

  /// A reason has so many characters at most.
  public static final int LONGEST_REASON = 300;

  private static final int LONGEST_NAME = 100;
  private static final Pattern DATE = Pattern.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}");

  /// @throws MalformedMessageException if it makes no sense: see the components
  public LegalHold {
    since = since.truncatedTo(ChronoUnit.MILLIS);
    if (!Ids.UUID.matcher(id).matches()) {
      throw new MalformedMessageException("hold.id", "is not a UUID");
    }
    if (reason.isBlank() || reason.length() > LONGEST_REASON) {
      throw new MalformedMessageException(
          "hold.reason", "does not have 1 to " + LONGEST_REASON + " characters");
    }
    if (by.isBlank() || by.length() > LONGEST_NAME) {
      throw new MalformedMessageException(
          "hold.by", "does not have 1 to " + LONGEST_NAME + " characters");
    }
  }

  static LegalHold read(Fields fields) {
    return new LegalHold(
        fields.text("id", Ids.UUID, "a UUID"),
        days(fields),
        fields.text("reason", LONGEST_REASON),
        fields.text("by", LONGEST_NAME),
        fields.instant("since"));
  }

  private static Optional<HeldDays> days(Fields fields) {
    Optional<LocalDate> from = date(fields, "from");
    Optional<LocalDate> to = date(fields, "to");
    if (from.isPresent() != to.isPresent()) {
      throw fields.bad("to", "does not stand together with from");
    }
    return from.map(first -> new HeldDays(first, to.orElseThrow()));
  }

  private static Optional<LocalDate> date(Fields fields, String name) {
    return fields
        .optionalText(name, 10)
        .map(text -> {
          try {
            if (DATE.matcher(text).matches()) {
              return LocalDate.parse(text);
            }
          } catch (DateTimeParseException _) {
            // A day that no month has: said below.
          }
          throw fields.bad(name, "is not a date such as 2026-11-24");
        });
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("id", id);
    days.ifPresent(both -> {
      node.put("from", both.from().toString());
      node.put("to", both.to().toString());
    });
    node.put("reason", reason);
    node.put("by", by);
    node.put("since", since.toString());
    return node;
  }
}
