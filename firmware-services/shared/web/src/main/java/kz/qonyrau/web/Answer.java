package kz.qonyrau.web;

/// What an operation answers when it did what it was asked.
public sealed interface Answer {

  /// A record as JSON.
  record Body(int status, Object value) implements Answer {}

  /// 204, nothing to say.
  record Done() implements Answer {}

  /// Bytes with a media type; byte ranges are honoured. Never cached, never gzipped.
  record Bytes(String mediaType, Content content) implements Answer {}

  /// Bytes to be saved as a file.
  ///
  /// @param fileName plain ASCII, chosen by us
  record Download(String mediaType, String fileName, Content content) implements Answer {}

  /// Bytes to be saved as a file, of which nobody knows how many there are before the last is made.
  ///
  /// @param fileName plain ASCII, chosen by us
  record Stream(String mediaType, String fileName, Outflow outflow) implements Answer {}

  /// The answer to sign-in and sign-out, which come with a cookie.
  ///
  /// @param token the new session's token, or empty to end it
  record Signed(java.util.Optional<Person> person, String token) implements Answer {}

  /// What a program was answered when it asked the same before.
  ///
  /// @param json empty where there was nothing to say
  record Again(int status, String json) implements Answer {}

  static Answer ok(Object value) {
    return new Body(200, value);
  }

  static Answer created(Object value) {
    return new Body(201, value);
  }

  static Answer accepted(Object value) {
    return new Body(202, value);
  }

  static Answer done() {
    return new Done();
  }
}
