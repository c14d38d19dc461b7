package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// What a box made of a command (PLT-13). It goes through the outbox like every fact.
///
/// @param commandId of the [CommandDocument]
/// @param result how it ended
/// @param facts what was asked for, by name: at most 60 lower-case words with at most 100 visible
///   ASCII characters each; empty for most orders
public record CommandAnswer(String commandId, Result result, Map<String, String> facts) {

  /// How a command ended.
  public enum Result {
    /// It is done.
    DONE,
    /// It came after its time, or the box's clock says so; nothing was done.
    EXPIRED,
    /// The box's program does not know the order; nothing was done.
    UNKNOWN_ORDER,
    /// It was begun and did not succeed; the box's log says why.
    FAILED
  }

  private static final int MOST_FACTS = 60;
  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9.]{0,39}");
  private static final Pattern VALUE = Pattern.compile("[ -~]{0,100}");

  /// @throws MalformedMessageException if a component is not of its form
  public CommandAnswer {
    facts = Map.copyOf(facts);
    if (!Ids.UUID.matcher(commandId).matches()) {
      throw new MalformedMessageException("ack.commandId", "is not a UUID in lower case");
    }
    if (facts.size() > MOST_FACTS) {
      throw new MalformedMessageException("ack.facts", "has more than " + MOST_FACTS);
    }
    facts.forEach((name, value) -> {
      if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
        throw new MalformedMessageException("ack.facts", "has something that is not a fact");
      }
    });
  }

  /// The message id of the answer, derived from the command, so that it is given once.
  public static String messageIdOf(String commandId) {
    return UUID.nameUUIDFromBytes(("ack/" + commandId).getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// Reads the body of an `ack/1` envelope.
  ///
  /// @throws MalformedMessageException if anything is wrong with it
  public static CommandAnswer parse(String body) {
    Fields fields = Json.object("ack", body);
    CommandAnswer answer =
        new CommandAnswer(
            fields.text("commandId", Ids.UUID, "a UUID in lower case"),
            fields.word("result", Result::valueOf, "a result"),
            fields.textsByName("facts", MOST_FACTS, 100));
    fields.end();
    return answer;
  }

  /// The body of an `ack/1` envelope, for the outbox.
  public byte[] body() {
    ObjectNode node = Json.object();
    node.put("commandId", commandId);
    node.put("result", result.name());
    ObjectNode inner = node.putObject("facts");
    new TreeMap<>(facts).forEach(inner::put);
    return Json.write(node).getBytes(StandardCharsets.UTF_8);
  }
}
