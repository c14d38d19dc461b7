package kz.qonyrau.cases;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import kz.qonyrau.vocabulary.Msisdn;
import kz.qonyrau.wire.OpeningKey;

/// What names a number in a request, which the database has sealed only.
///
/// @param code six digits
record InquirySecret(
    Msisdn number, Optional<Msisdn> shown, Instant contactAt, String code, String text) {

  String seal(String id, OpeningKey key) {
    String plain =
        String.join(
            "\n",
            number.e164(),
            shown.map(Msisdn::e164).orElse(""),
            contactAt.toString(),
            code,
            text);
    return key.sealing().seal(plain.getBytes(StandardCharsets.UTF_8), context(id));
  }

  static InquirySecret open(String sealed, String id, OpeningKey key) {
    String[] lines =
        new String(key.open(sealed, context(id)), StandardCharsets.UTF_8).split("\n", 5);
    return new InquirySecret(
        new Msisdn(lines[0]),
        lines[1].isEmpty() ? Optional.empty() : Optional.of(new Msisdn(lines[1])),
        Instant.parse(lines[2]),
        lines[3],
        lines[4]);
  }

  private static String context(String id) {
    return "inquiry " + id;
  }
}
