package kz.qonyrau.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.function.Function;

/// What Jazzer feeds: the first byte chooses a form, the rest is its text. Either it is refused
/// with the name of a field, or it is read, and what is written then is read to the same again.
/// Whatever else happens is a finding.
public final class WireFuzz {

  private static final List<String> FORMS = WireForms.names();

  private WireFuzz() {}

  /// The byte that chooses a form.
  static byte choice(String form) {
    return (byte) FORMS.indexOf(form);
  }

  /// Called by Jazzer with each input.
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    String form = FORMS.get(Byte.toUnsignedInt(input[0]) % FORMS.size());
    Function<String, String> read = WireForms.named(form);
    String written;
    try {
      written = read.apply(new String(input, 1, input.length - 1, UTF_8));
    } catch (MalformedMessageException refused) {
      if (refused.field().isBlank()) {
        throw new AssertionError(form + " is refused without the name of a field", refused);
      }
      return;
    }
    if (!read.apply(written).equals(written)) {
      throw new AssertionError(form + " is not what was written: " + written);
    }
  }
}
