package kz.qonyrau.wire;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a box says to a [Question], from its own call log (AC-WHO-02).
///
/// @param senders who called, as their campaigns say, the newest first; none if nobody did
public record QuestionAnswer(List<Sender> senders) {

  /// No more senders than this.
  public static final int MOST_SENDERS = 5;

  /// No more times of one sender than this.
  public static final int MOST_TIMES = 10;

  private static final int LONGEST_TEXT = 200;

  /// Somebody who called.
  ///
  /// @param name as his campaign states it, 1 to 200 characters
  /// @param contact how he is reached, as his campaign states it, 1 to 200 characters
  /// @param times when he called, the newest first, 1 to 10
  public record Sender(String name, String contact, List<Instant> times) {

    /// @throws MalformedMessageException if it makes no sense: see the components
    public Sender {
      times = times.stream().map(time -> time.truncatedTo(ChronoUnit.MILLIS)).toList();
      Prose.require("case.name", name, LONGEST_TEXT);
      Prose.require("case.contact", contact, LONGEST_TEXT);
      if (times.isEmpty() || times.size() > MOST_TIMES) {
        throw new MalformedMessageException(
            "case.times", "does not have 1 to " + MOST_TIMES + " elements");
      }
    }

    private static Sender read(Fields fields) {
      return new Sender(
          fields.text("name", LONGEST_TEXT),
          fields.text("contact", LONGEST_TEXT),
          fields.objects("times", MOST_TIMES, time -> time.instant("at")));
    }

    private ObjectNode write() {
      ObjectNode node = Json.object();
      node.put("name", name);
      node.put("contact", contact);
      ArrayNode array = node.putArray("times");
      for (Instant time : times) {
        ObjectNode at = Json.object();
        at.put("at", time.toString());
        array.add(at);
      }
      return node;
    }
  }

  /// @throws MalformedMessageException if there are too many senders
  public QuestionAnswer {
    senders = List.copyOf(senders);
    if (senders.size() > MOST_SENDERS) {
      throw new MalformedMessageException(
          "case.senders", "has more than " + MOST_SENDERS + " elements");
    }
  }

  static QuestionAnswer read(Fields fields) {
    return new QuestionAnswer(fields.objects("senders", MOST_SENDERS, Sender::read));
  }

  ObjectNode write() {
    ObjectNode node = Json.object();
    ArrayNode array = node.putArray("senders");
    senders.forEach(sender -> array.add(sender.write()));
    return node;
  }
}
