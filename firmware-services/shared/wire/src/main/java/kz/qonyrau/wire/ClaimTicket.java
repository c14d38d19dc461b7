package kz.qonyrau.wire;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.regex.Pattern;

/// What an admin hands to whoever sets up a box, to be typed in there: the right to enrol once, and
/// by what to know the provider.
///
/// Written `QN1-` and 34 characters in groups: 16 of the code, 16 of the fingerprint, 2 that check
/// the rest. The alphabet leaves out I, L, O and U; when read, case, spaces and dashes do not
/// matter, I and L are taken for 1 and O for 0. Any one wrong character and any two neighbours in
/// the wrong order are found.
///
/// @param code the secret, 16 characters, 80 bits
/// @param fingerprint the first 80 bits of the SHA-256 of the provider CA's public key
public record ClaimTicket(String code, String fingerprint) {

  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final Pattern PART = Pattern.compile("[0-9A-HJKMNP-TV-Z]{16}");
  private static final String PREFIX = "QN1";
  private static final int PART_LENGTH = 16;
  private static final int BITS = 80;
  // The largest prime that fits two characters.
  private static final BigInteger CHECK = BigInteger.valueOf(1021);
  private static final BigInteger BASE = BigInteger.valueOf(32);

  /// @throws MalformedMessageException if a part is not 16 characters of the alphabet
  public ClaimTicket {
    if (!PART.matcher(code).matches() || !PART.matcher(fingerprint).matches()) {
      throw new MalformedMessageException("ticket", "does not have two parts of 16 characters");
    }
  }

  /// A ticket with a new code for the CA with this key.
  public static ClaimTicket random(SecureRandom random, PublicKey provider) {
    return new ClaimTicket(
        text(new BigInteger(BITS, random), PART_LENGTH), fingerprintOf(provider));
  }

  /// The fingerprint of a CA's public key.
  public static String fingerprintOf(PublicKey provider) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(provider.getEncoded());
      return text(new BigInteger(1, hash).shiftRight(256 - BITS), PART_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java runtime has no SHA-256", e);
    }
  }

  /// Reads a ticket that a person typed.
  ///
  /// @throws MalformedMessageException with what to look at, without repeating the secret
  public static ClaimTicket parse(String typed) {
    String text =
        (typed.length() > 200 ? typed.substring(0, 200) : typed)
            .replaceAll("[\\s-]", "")
            .toUpperCase(Locale.ROOT);
    if (!text.startsWith(PREFIX)) {
      throw new MalformedMessageException("ticket", "does not begin with " + PREFIX);
    }
    String rest = text.substring(PREFIX.length()).replace('I', '1').replace('L', '1');
    rest = rest.replace('O', '0');
    if (rest.length() != 2 * PART_LENGTH + 2) {
      throw new MalformedMessageException(
          "ticket", "does not have " + (2 * PART_LENGTH + 2) + " characters after " + PREFIX);
    }
    if (!rest.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
      throw new MalformedMessageException("ticket", "has a character that tickets do not have");
    }
    String parts = rest.substring(0, 2 * PART_LENGTH);
    if (!check(parts).equals(rest.substring(2 * PART_LENGTH))) {
      throw new MalformedMessageException("ticket", "was mistyped: its check does not match");
    }
    return new ClaimTicket(parts.substring(0, PART_LENGTH), parts.substring(PART_LENGTH));
  }

  /// The ticket as it is handed over.
  public String text() {
    String all = code + fingerprint;
    return PREFIX + "-" + (all + check(all)).replaceAll("(.{4})(?=.)", "$1-");
  }

  /// Hides the secret.
  @Override
  public String toString() {
    return PREFIX + "-…-" + fingerprint;
  }

  private static String check(String parts) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < parts.length(); i++) {
      value = value.multiply(BASE).add(BigInteger.valueOf(ALPHABET.indexOf(parts.charAt(i))));
    }
    return text(value.mod(CHECK), 2);
  }

  private static String text(BigInteger value, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = length - 1; i >= 0; i--) {
      text.append(ALPHABET.charAt(value.shiftRight(5 * i).intValue() & 31));
    }
    return text.toString();
  }
}
