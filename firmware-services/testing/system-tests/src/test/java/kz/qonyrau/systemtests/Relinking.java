package kz.qonyrau.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import kz.qonyrau.testsupport.PrivacyScan;
import kz.qonyrau.vocabulary.Msisdn;

/// Somebody who has everything that a box keeps, its keys too, and a list of telephone numbers, and
/// wants to know who of the list was called (SH-RET-04). He looks in every column of every table
/// and in every file for a number in any notation, for its usual hashes, and for those that are
/// keyed with any key that he finds.
final class Relinking {

  private static final List<String> DIGESTS = List.of("MD5", "SHA-1", "SHA-256", "SHA-512");
  private static final List<String> MACS = List.of("HmacSHA1", "HmacSHA256", "HmacSHA512");
  private static final long LARGEST = 64L * 1024 * 1024;

  private final Path home;
  private final PrivacyScan notations = new PrivacyScan();
  private final Map<String, String> fingerprints = new TreeMap<>();

  /// @param home the data directory of a box whose program has ended
  Relinking(Path home, List<String> numbers) {
    this.home = home;
    List<byte[]> keys = keys();
    for (String e164 : numbers) {
      Msisdn number = new Msisdn(e164);
      notations.watchFor(number);
      for (String written :
          List.of(
              e164,
              number.digits(),
              "8" + number.digits().substring(1),
              number.digits().substring(1))) {
        for (byte[] print : prints(written, keys)) {
          String hexadecimal = HexFormat.of().formatHex(print);
          fingerprints.put(hexadecimal, e164);
          fingerprints.put(Base64.getEncoder().withoutPadding().encodeToString(print), e164);
        }
      }
    }
  }

  /// Where which of the numbers were found: `schema.table` or the name of a file.
  Map<String, Set<String>> found() throws SQLException, IOException {
    Map<String, Set<String>> found = new TreeMap<>();
    try (ClosedDatabase database = ClosedDatabase.below(home)) {
      for (String table : database.tables()) {
        for (String row : database.rows(table)) {
          look(table, row, found);
        }
      }
    }
    for (Path file : files()) {
      look(
          home.relativize(file).toString(),
          Files.readString(file, StandardCharsets.ISO_8859_1),
          found);
    }
    return found;
  }

  private void look(String place, String text, Map<String, Set<String>> found) {
    Set<String> here = new TreeSet<>();
    notations.findIn(text).forEach(number -> here.add(number.e164()));
    String lower = text.toLowerCase(Locale.ROOT);
    fingerprints.forEach((print, number) -> {
      if (text.contains(print) || lower.contains(print)) {
        here.add(number);
      }
    });
    if (!here.isEmpty()) {
      found.computeIfAbsent(place, _ -> new TreeSet<>()).addAll(here);
    }
  }

  /// All but the database, which is read by its tables.
  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(home)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !file.startsWith(home.resolve("database")))
          .filter(file -> file.toFile().length() < LARGEST)
          .toList();
    }
  }

  private List<byte[]> keys() {
    List<byte[]> keys = new ArrayList<>(List.of(new byte[] {0}));
    for (String directory : List.of("keys", "identity")) {
      try (Stream<Path> all = Files.walk(home.resolve(directory))) {
        for (Path file : all.filter(Files::isRegularFile).toList()) {
          byte[] whole = Files.readAllBytes(file);
          keys.add(whole);
          String text = new String(whole, StandardCharsets.ISO_8859_1).strip();
          if (text.matches("[0-9a-f]{64}")) {
            keys.add(text.getBytes(StandardCharsets.US_ASCII));
            keys.add(HexFormat.of().parseHex(text));
          }
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
    return keys;
  }

  private static List<byte[]> prints(String written, List<byte[]> keys) {
    byte[] text = written.getBytes(StandardCharsets.US_ASCII);
    List<byte[]> prints = new ArrayList<>();
    try {
      for (String name : DIGESTS) {
        prints.add(MessageDigest.getInstance(name).digest(text));
      }
      for (String name : MACS) {
        for (byte[] key : keys) {
          Mac mac = Mac.getInstance(name);
          mac.init(new SecretKeySpec(key, name));
          prints.add(mac.doFinal(text));
        }
      }
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
    return prints;
  }
}
