package kz.qonyrau.wire;

import java.util.List;
import kz.qonyrau.vocabulary.BoxId;

/// A place on the broker: `acb/v1/{boxId}/{kind}`. Every box has its own, and sees no other's
/// (PLT-08).
///
/// @param box whose topic it is
/// @param kind what is spoken about
public record Topic(BoxId box, TopicKind kind) {

  private static final String PREFIX = "acb/v1/";
  private static final int LONGEST = 100;

  /// Reads a topic as it came from the broker.
  ///
  /// @throws MalformedMessageException if it is not exactly `acb/v1/`, a box id, a slash and a
  ///   known kind; wildcards are refused too
  public static Topic parse(String text) {
    if (text.length() > LONGEST || !text.startsWith(PREFIX)) {
      throw new MalformedMessageException("topic", "does not begin with " + PREFIX);
    }
    List<String> levels = List.of(text.substring(PREFIX.length()).split("/", -1));
    if (levels.size() != 2) {
      throw new MalformedMessageException("topic", "does not have four levels");
    }
    BoxId box;
    try {
      box = new BoxId(levels.get(0));
    } catch (IllegalArgumentException _) {
      throw new MalformedMessageException("topic", "its third level is not a box id");
    }
    TopicKind kind =
        TopicKind.ofLevel(levels.get(1))
            .orElseThrow(() -> new MalformedMessageException("topic", "its kind is not known"));
    return new Topic(box, kind);
  }

  /// The filter by which central reads one kind from all boxes.
  public static String everyBox(TopicKind kind) {
    return PREFIX + "+/" + kind.level();
  }

  /// The topic as the broker spells it.
  public String text() {
    return PREFIX + box + "/" + kind.level();
  }

  @Override
  public String toString() {
    return text();
  }
}
