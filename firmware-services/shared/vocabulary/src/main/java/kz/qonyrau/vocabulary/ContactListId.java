package kz.qonyrau.vocabulary;

import java.util.UUID;

/// Names a contact list on a box.
///
/// @param value a UUID in its canonical lower-case form
public record ContactListId(String value) implements Comparable<ContactListId> {

  /// @throws IllegalArgumentException if the text is not a canonical UUID
  public ContactListId {
    value = CanonicalUuid.require("contact list id", value);
  }

  /// A new id that no other box or process will choose.
  public static ContactListId random() {
    return new ContactListId(UUID.randomUUID().toString());
  }

  @Override
  public int compareTo(ContactListId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
