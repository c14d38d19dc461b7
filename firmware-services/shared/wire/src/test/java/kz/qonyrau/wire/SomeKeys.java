package kz.qonyrau.wire;

import java.security.KeyPair;

/// Keys for tests.
final class SomeKeys {

  private static final KeyPair PROVIDER_PAIR = DocumentSigner.newKeyPair();
  private static final KeyPair DEVICE_PAIR = DocumentSigner.newKeyPair();

  static final DocumentSigner PROVIDER = new DocumentSigner(PROVIDER_PAIR.getPrivate());
  static final DocumentVerifier OF_PROVIDER = new DocumentVerifier(PROVIDER_PAIR.getPublic());
  static final DocumentSigner DEVICE = new DocumentSigner(DEVICE_PAIR.getPrivate());
  static final DocumentVerifier OF_DEVICE = new DocumentVerifier(DEVICE_PAIR.getPublic());

  private SomeKeys() {}
}
