package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import kz.qonyrau.vocabulary.Msisdn;
import tools.jackson.databind.node.ObjectNode;

/// A subscriber who has shown that a number is his wants to know whether this box called it
/// (AC-WHO-03).
///
/// @param id a UUID that names the question
/// @param number whose number it is
/// @param from only calls that began then or later count
/// @param until only calls that began before
public record Question(String id, Msisdn number, Instant from, Instant until) {

  /// @throws MalformedMessageException if it makes no sense: see the components
  public Question {
    from = from.truncatedTo(ChronoUnit.MILLIS);
    until = until.truncatedTo(ChronoUnit.MILLIS);
    if (!Ids.UUID.matcher(id).matches()) {
      throw new MalformedMessageException("question.id", "is not a UUID in lower case");
    }
    if (!from.isBefore(until)) {
      throw new MalformedMessageException("question.until", "is not later than from");
    }
  }

  static Question read(Fields fields) {
    return new Question(
        fields.text("id", Ids.UUID, "a UUID in lower case"),
        fields.word("number", Msisdn::new, "a number in E.164 form"),
        fields.instant("from"),
        fields.instant("until"));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    node.put("id", id);
    node.put("number", number.e164());
    node.put("from", from.toString());
    node.put("until", until.toString());
    return node;
  }
}
