package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import tools.jackson.databind.node.ObjectNode;

/// How a complaint about a customer stands, and whether his boxes may reach the number (AC-SPM-02,
/// AC-SPM-05). The newest word on a complaint replaces all before.
///
/// @param caseId a UUID that names the complaint on the boxes and at central
/// @param number whose complaint it is
/// @param standing whether the number may be reached as far as this complaint goes
/// @param channel by what the subscriber was reached
/// @param source from whom it was learnt
/// @param contactAt when the subscriber was reached, as he says
/// @param receivedAt when it was entered
/// @param since since when it stands so
/// @param evidenceDue until when the customer may prove that he had consent, where that is asked
/// @param evidenceReceived whether some of it has come
/// @param text what the subscriber says, 1 to 500 characters
public record BlockDirective(
    String caseId,
    Msisdn number,
    Standing standing,
    ContactChannel channel,
    ComplaintSource source,
    Instant contactAt,
    Instant receivedAt,
    Instant since,
    Optional<Instant> evidenceDue,
    boolean evidenceReceived,
    String text) {

  /// The longest text, in characters.
  public static final int LONGEST_TEXT = 500;

  /// What a complaint means for the number.
  public enum Standing {
    /// It is being looked into, and nobody reaches the number.
    PROVISIONAL(true),
    /// It was spam; nobody reaches the number until its owner agrees again.
    CONFIRMED(true),
    /// It was none, or what was owed to the subscriber is settled.
    REJECTED(false),
    /// It was spam, and its owner has agreed again since.
    LIFTED(false);

    private final boolean blocks;

    Standing(boolean blocks) {
      this.blocks = blocks;
    }

    /// Whether nobody may reach the number.
    public boolean blocks() {
      return blocks;
    }
  }

  /// @throws MalformedMessageException if it makes no sense: see the components
  public BlockDirective {
    contactAt = contactAt.truncatedTo(ChronoUnit.MILLIS);
    receivedAt = receivedAt.truncatedTo(ChronoUnit.MILLIS);
    since = since.truncatedTo(ChronoUnit.MILLIS);
    evidenceDue = evidenceDue.map(moment -> moment.truncatedTo(ChronoUnit.MILLIS));
    if (!Ids.UUID.matcher(caseId).matches()) {
      throw new MalformedMessageException("block.caseId", "is not a UUID in lower case");
    }
    Prose.require("block.text", text, LONGEST_TEXT);
  }

  static BlockDirective read(Fields fields) {
    return new BlockDirective(
        fields.text("caseId", Ids.UUID, "a UUID in lower case"),
        fields.word("number", Msisdn::new, "a number in E.164 form"),
        fields.word("standing", Standing::valueOf, "a standing"),
        fields.word("channel", ContactChannel::valueOf, "a channel"),
        fields.word("source", ComplaintSource::valueOf, "a source"),
        fields.instant("contactAt"),
        fields.instant("receivedAt"),
        fields.instant("since"),
        fields.optionalInstant("evidenceDue"),
        fields.truth("evidenceReceived"),
        fields.text("text", LONGEST_TEXT));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("caseId", caseId);
    node.put("number", number.e164());
    node.put("standing", standing.name());
    node.put("channel", channel.name());
    node.put("source", source.name());
    node.put("contactAt", contactAt.toString());
    node.put("receivedAt", receivedAt.toString());
    node.put("since", since.toString());
    evidenceDue.ifPresent(moment -> node.put("evidenceDue", moment.toString()));
    node.put("evidenceReceived", evidenceReceived);
    node.put("text", text);
    return node;
  }
}
