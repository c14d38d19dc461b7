package kz.qonyrau.wire;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The last level of a topic: what is spoken about (PLT-25). The list is closed; a topic of any
/// other kind is refused.
public enum TopicKind {
  /// State of the box, and its last will.
  HEARTBEAT("heartbeat", Direction.UP, false),
  USAGE("usage", Direction.UP, false),
  LEDGER("ledger", Direction.UP, false),
  ANALYTICS("analytics", Direction.UP, false),
  ALARM("alarm", Direction.UP, false),
  AUDIT("audit", Direction.UP, false),
  CASE("case", Direction.UP, false),
  ACK("ack", Direction.UP, false),
  LICENCE("licence", Direction.DOWN, true),
  LEASE("lease", Direction.DOWN, true),
  TARIFF("tariff", Direction.DOWN, true),
  POLICY("policy", Direction.DOWN, true),
  BLOCKLIST("blocklist", Direction.DOWN, true),
  NOTICE("notice", Direction.DOWN, false),
  COMMAND("command", Direction.DOWN, false),
  QUERY("query", Direction.DOWN, false),
  PROMOTION("promotion", Direction.DOWN, false),
  /// Central's application-level acknowledgement: the named messages are stored for good.
  RECEIPT("receipt", Direction.DOWN, false);

  private static final Map<String, TopicKind> BY_LEVEL =
      Arrays.stream(values()).collect(Collectors.toMap(TopicKind::level, Function.identity()));

  private final String level;
  private final Direction direction;
  private final boolean retained;

  TopicKind(String level, Direction direction, boolean retained) {
    this.level = level;
    this.direction = direction;
    this.retained = retained;
  }

  /// The word in the topic, lower case.
  public String level() {
    return level;
  }

  public Direction direction() {
    return direction;
  }

  /// Whether the broker keeps the last message for boxes that connect later.
  public boolean retained() {
    return retained;
  }

  /// The kind that is spelled so, if there is one.
  public static Optional<TopicKind> ofLevel(String level) {
    return Optional.ofNullable(BY_LEVEL.get(level));
  }
}
