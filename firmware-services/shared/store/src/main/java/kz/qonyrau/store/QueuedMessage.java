package kz.qonyrau.store;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// An [OutboxMessage] in its place in the queue.
///
/// @param seq counts from 1 without gaps, over all kinds
/// @param at when it was put
@SuppressWarnings("ArrayRecordComponent") // Compared by content below.
public record QueuedMessage(long seq, String id, String kind, byte[] body, Instant at) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof QueuedMessage that
        && seq == that.seq
        && id.equals(that.id)
        && kind.equals(that.kind)
        && Arrays.equals(body, that.body)
        && at.equals(that.at);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(seq);
  }

  @Override
  public String toString() {
    return "QueuedMessage["
        + seq
        + ' '
        + kind
        + ' '
        + id
        + ", "
        + body.length
        + " bytes, "
        + at
        + ']';
  }
}
