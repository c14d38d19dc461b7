package kz.qonyrau.integrations;

/// How a receiver knows that it was this box that told it: HMAC-SHA256 over the timestamp, a point
/// and the body, with the webhook's secret as it was shown.
final class Signature {

  private Signature() {}

  static String of(String secret, String timestamp, String body) {
    return "sha256=" + Digests.hmac(secret, timestamp + "." + body);
  }
}
