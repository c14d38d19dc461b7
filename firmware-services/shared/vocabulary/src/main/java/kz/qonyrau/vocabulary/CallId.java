package kz.qonyrau.vocabulary;

import java.util.UUID;

/// Names one attempt and the call that comes of it: the same id stands in the attempt, the Asterisk
/// channel, the hold, the recording and the usage report.
///
/// @param value a UUID in its canonical lower-case form
public record CallId(String value) implements Comparable<CallId> {

  /// @throws IllegalArgumentException if the text is not a canonical UUID
  public CallId {
    value = CanonicalUuid.require("call id", value);
  }

  /// A new id that no other box or process will choose.
  public static CallId random() {
    return new CallId(UUID.randomUUID().toString());
  }

  @Override
  public int compareTo(CallId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
