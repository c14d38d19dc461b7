package kz.qonyrau.wire;

import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/// How one trunk of a box is, in figures and codes.
///
/// @param id as the box names it: a `t` and eight hexadecimal digits
/// @param name what people call it, 1 to 60 characters
/// @param condition whether calls go there, and if not, why not; a code such as `UP`
/// @param activeCalls calls right now
/// @param channelLimit the most that its carrier allows at once
/// @param score of its last calls, the share that it carried, in percent
public record TrunkVitals(
    String id, String name, String condition, int activeCalls, int channelLimit, int score) {

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{1,39}");
  private static final int LONGEST_NAME = 60;
  private static final int MOST_CALLS = 100_000;

  /// @throws MalformedMessageException if a component is not of its form
  public TrunkVitals {
    require("id", SuspensionScope.Trunk.ID.matcher(id).matches(), "is not a trunk's id");
    require("name", !name.isBlank() && name.length() <= LONGEST_NAME, "is not a trunk's name");
    require("condition", CODE.matcher(condition).matches(), "is not a code");
    require("activeCalls", activeCalls >= 0 && activeCalls <= MOST_CALLS, "is out of range");
    require("channelLimit", channelLimit >= 0 && channelLimit <= MOST_CALLS, "is out of range");
    require("score", score >= 0 && score <= 100, "is not a percentage");
  }

  static TrunkVitals read(Fields fields) {
    return new TrunkVitals(
        fields.text("id", SuspensionScope.Trunk.ID, "a trunk's id"),
        fields.text("name", LONGEST_NAME),
        fields.text("condition", CODE, "a code"),
        (int) fields.number("activeCalls", 0, MOST_CALLS),
        (int) fields.number("channelLimit", 0, MOST_CALLS),
        (int) fields.number("score", 0, 100));
  }

  void write(ObjectNode node) {
    node.put("id", id);
    node.put("name", name);
    node.put("condition", condition);
    node.put("activeCalls", activeCalls);
    node.put("channelLimit", channelLimit);
    node.put("score", score);
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException("vitals.trunks." + field, otherwise);
    }
  }
}
