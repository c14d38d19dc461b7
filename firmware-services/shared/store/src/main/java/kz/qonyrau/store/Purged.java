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
/// @param keptBy ids of the legal holds, lifted since, that kept some of them beyond their time
///   (SH-RET-02); empty where everything went in time
public record Purged(
    String what, int count, Instant oldest, Instant newest, String sha256, List<String> keptBy) {

  /// @throws IllegalArgumentException if nothing was deleted
  public Purged {
    keptBy = List.copyOf(keptBy);
    if (count < 1) {
      throw new IllegalArgumentException("nothing was deleted of " + what);
    }
  }

  /// The proof for entries by their ids.
  ///
  /// @param ids one or more, in any order
  /// @param keptBy as above
  public static Purged of(
      String what, List<String> ids, Instant oldest, Instant newest, List<String> keptBy) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // Every Java has it.
    }
    ids.stream()
        .sorted()
        .forEach(id -> digest.update((id + "\n").getBytes(StandardCharsets.US_ASCII)));
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return new Purged(what, ids.size(), oldest, newest, sha256, keptBy);
  }
}
