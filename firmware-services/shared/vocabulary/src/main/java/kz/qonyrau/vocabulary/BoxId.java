package kz.qonyrau.vocabulary;

import java.util.UUID;

/// Names a box in the fleet: the common name of its certificate and the second level of its topics.
///
/// @param value a UUID in its canonical lower-case form
public record BoxId(String value) implements Comparable<BoxId> {

  /// @throws IllegalArgumentException if the text is not a canonical UUID
  public BoxId {
    value = CanonicalUuid.require("box id", value);
  }

  /// A new id that no other box or process will choose.
  public static BoxId random() {
    return new BoxId(UUID.randomUUID().toString());
  }

  @Override
  public int compareTo(BoxId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
