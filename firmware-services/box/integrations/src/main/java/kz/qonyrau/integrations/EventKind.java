package kz.qonyrau.integrations;

import java.util.Arrays;
import java.util.Optional;

/// What a webhook may be told of.
public enum EventKind {
  /// A call has its final result.
  CALL_FINISHED("call.finished"),
  /// A campaign is in another state.
  CAMPAIGN_STATE("campaign.state"),
  /// A list of contacts can be used.
  LIST_READY("list.ready"),
  /// The owner tries a webhook out; nobody subscribes to that.
  TEST("test");

  private final String words;

  EventKind(String words) {
    this.words = words;
  }

  /// As programs and pages name it.
  public String words() {
    return words;
  }

  public static Optional<EventKind> of(String words) {
    return Arrays.stream(values()).filter(kind -> kind.words.equals(words)).findFirst();
  }
}
