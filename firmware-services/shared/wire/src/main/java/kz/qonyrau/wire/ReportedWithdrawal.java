package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.node.ObjectNode;

/// The customer does not consent any more that a recording of his is published (SH-NOT-11). The
/// report's id names the consent.
///
/// @param at when he said so, by the box's clock
/// @param by the login of who did, at the box
public record ReportedWithdrawal(Instant at, String by) {

  private static final int LONGEST_LOGIN = 100;

  /// @throws MalformedMessageException if the login is not of its form
  public ReportedWithdrawal {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    Prose.require("case.by", by, LONGEST_LOGIN);
  }

  static ReportedWithdrawal read(Fields fields) {
    return new ReportedWithdrawal(fields.instant("at"), fields.text("by", LONGEST_LOGIN));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("at", at.toString());
    node.put("by", by);
    return node;
  }
}
