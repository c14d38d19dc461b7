package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import tools.jackson.databind.node.ObjectNode;

/// A complaint as it was entered at a box (AC-SPM-01).
///
/// @param number of the subscriber
/// @param channel by what he was reached
/// @param contactAt when he was reached, as he says
/// @param enteredAt when it was entered
/// @param enteredBy the login of who did, 1 to 100 characters
/// @param text what he says, 1 to 500 characters
/// @param campaign which campaign reached him, if that is known
public record ReportedComplaint(
    Msisdn number,
    ContactChannel channel,
    Instant contactAt,
    Instant enteredAt,
    String enteredBy,
    String text,
    Optional<Campaign> campaign) {

  /// A campaign of the box.
  ///
  /// @param id its id
  /// @param recipients how many it has
  public record Campaign(String id, long recipients) {

    /// @throws MalformedMessageException if it makes no sense
    public Campaign {
      if (!Ids.UUID.matcher(id).matches()) {
        throw new MalformedMessageException("case.campaign", "is not a UUID in lower case");
      }
      if (recipients < 1) {
        throw new MalformedMessageException("case.recipients", "is below 1");
      }
    }
  }

  /// @throws MalformedMessageException if it makes no sense: see the components
  public ReportedComplaint {
    contactAt = contactAt.truncatedTo(ChronoUnit.MILLIS);
    enteredAt = enteredAt.truncatedTo(ChronoUnit.MILLIS);
    Prose.require("case.enteredBy", enteredBy, 100);
    Prose.require("case.text", text, BlockDirective.LONGEST_TEXT);
  }

  static ReportedComplaint read(Fields fields) {
    Optional<String> campaign = fields.optionalText("campaign", 36);
    return new ReportedComplaint(
        fields.word("number", Msisdn::new, "a number in E.164 form"),
        fields.word("channel", ContactChannel::valueOf, "a channel"),
        fields.instant("contactAt"),
        fields.instant("enteredAt"),
        fields.text("enteredBy", 100),
        fields.text("text", BlockDirective.LONGEST_TEXT),
        campaign.map(id -> new Campaign(id, fields.number("recipients", 1, Long.MAX_VALUE))));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("number", number.e164());
    node.put("channel", channel.name());
    node.put("contactAt", contactAt.toString());
    node.put("enteredAt", enteredAt.toString());
    node.put("enteredBy", enteredBy);
    node.put("text", text);
    campaign.ifPresent(known -> {
      node.put("campaign", known.id());
      node.put("recipients", known.recipients());
    });
    return node;
  }
}
