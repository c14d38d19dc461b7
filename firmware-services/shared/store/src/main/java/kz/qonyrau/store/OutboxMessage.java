package kz.qonyrau.store;

import java.util.Arrays;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something to tell central, exactly once in effect (PLT-07).
///
/// @param id a UUID in lower case, derived from the fact, so that whoever repeats the fact repeats
///   the id
/// @param kind the last level of the topic, for example `usage`; 1 to 20 lower-case letters
/// @param body JSON in UTF-8, at most 1 MiB
@SuppressWarnings("ArrayRecordComponent") // Compared by content below.
public record OutboxMessage(String id, String kind, byte[] body) {

  private static final Pattern KIND = Pattern.compile("[a-z]{1,20}");
  private static final int LONGEST_BODY = 1 << 20;

  /// @throws IllegalArgumentException if a part is not of its form
  public OutboxMessage {
    if (id.length() != 36 || !UUID.fromString(id).toString().equals(id)) {
      throw new IllegalArgumentException(
          "not a UUID in lower case, " + id.length() + " characters");
    }
    if (!KIND.matcher(kind).matches()) {
      throw new IllegalArgumentException("not a kind of message: '" + kind + "'");
    }
    if (body.length > LONGEST_BODY) {
      throw new IllegalArgumentException("a body of " + body.length + " bytes, 1 MiB is the limit");
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OutboxMessage that
        && id.equals(that.id)
        && kind.equals(that.kind)
        && Arrays.equals(body, that.body);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return "OutboxMessage[" + kind + ' ' + id + ", " + body.length + " bytes]";
  }
}
