package kz.qonyrau.cases;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kz.qonyrau.vocabulary.AstanaTime;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.OpeningKey;
import org.jdbi.v3.core.Handle;

/// Tells requests of one number from those of others without keeping the number. It takes a key
/// that is not in the database, and a salt that is there for two days.
final class NumberHashes {

  private static final int SALT_BYTES = 32;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  NumberHashes(OpeningKey key) {
    this.key = new SecretKeySpec(sha256("qonyrau hashed numbers 1\n" + key.text()), "HmacSHA256");
  }

  /// The hash under which a number counts on the day of a moment.
  String of(Handle handle, Msisdn number, Instant at) {
    LocalDate day = AstanaTime.dateOf(at);
    return hash(number, find(handle, day).stream().findFirst().orElseGet(() -> make(handle, day)));
  }

  /// The hashes that a number may have at a moment and some minutes before.
  List<String> lately(Handle handle, Msisdn number, Instant at) {
    LocalDate day = AstanaTime.dateOf(at);
    return List.of(day, day.minusDays(1)).stream()
        .flatMap(one -> find(handle, one).stream())
        .map(salt -> hash(number, salt))
        .toList();
  }

  /// Forgets the salts of days before yesterday.
  static void forget(Handle handle, Instant now) {
    handle
        .createUpdate("DELETE FROM cases.day_salt WHERE salt_day < :day")
        .bind("day", AstanaTime.dateOf(now).minusDays(1).toString())
        .execute();
  }

  private static List<String> find(Handle handle, LocalDate day) {
    return handle
        .createQuery("SELECT salt FROM cases.day_salt WHERE salt_day = :day")
        .bind("day", day.toString())
        .mapTo(String.class)
        .list();
  }

  private String make(Handle handle, LocalDate day) {
    byte[] bytes = new byte[SALT_BYTES];
    random.nextBytes(bytes);
    String salt = Base64.getEncoder().encodeToString(bytes);
    handle
        .createUpdate("INSERT INTO cases.day_salt (salt_day, salt) VALUES (:day, :salt)")
        .bind("day", day.toString())
        .bind("salt", salt)
        .execute();
    return salt;
  }

  private String hash(Msisdn number, String salt) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return HexFormat.of()
          .formatHex(mac.doFinal((salt + number.e164()).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
