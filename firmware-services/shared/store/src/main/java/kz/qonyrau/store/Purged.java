package kz.qonyrau.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/// The proof that data was deleted because its time was over: how much and which, but nothing of
/// what it said (SH-RET-01).
///
/// @param what class of data, a code
/// @param count how many entries, 1 or more
/// @param oldest when the oldest of them began
/// @param newest when the newest of them began
/// @param sha256 over the ids of the entries, a line each, in order: whoever still has such a list
///   can show that it is this one
public record Purged(String what, int count, Instant oldest, Instant newest, String sha256) {

  /// @throws IllegalArgumentException if nothing was deleted
  public Purged {
    if (count < 1) {
      throw new IllegalArgumentException("nothing was deleted of " + what);
    }
  }

  /// The proof for entries by their ids.
  ///
  /// @param ids one or more, in any order
  public static Purged of(String what, List<String> ids, Instant oldest, Instant newest) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // Every Java has it.
    }
    ids.stream()
        .sorted()
        .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.US_ASCII)));
    return new Purged(what, ids.size(), oldest, newest, HexFormat.of().formatHex(digest.digest()));
  }
}
