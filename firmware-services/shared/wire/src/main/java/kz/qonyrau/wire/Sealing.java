package kz.qonyrau.wire;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.hpke.HPKE;

/// What [SealingKey] and [OpeningKey] have in common.
final class Sealing {

  static final byte[] NOTHING = {};

  /// The sender's key for one message, which comes before what is sealed.
  static final int ENCAPSULATED_BYTES = 32;

  private Sealing() {}

  /// A new one each time: the library does not say that one may be shared by threads.
  static HPKE suite() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }

  static byte[] info(String context) {
    return ("qonyrau sealed 1\n" + context).getBytes(StandardCharsets.UTF_8);
  }
}
