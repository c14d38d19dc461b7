package kz.qonyrau.web;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A refusal that a person or a program can act on, sent as `application/problem+json`. Nothing has
/// changed when it is thrown, so repeating the request is safe.
public final class Problem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /// What is wrong with one field of the request.
  ///
  /// @param field the path of the field, `prompt.text` or `columns.0.role`; empty means the body
  /// @param code stable and upper case
  /// @param detail what is allowed; never repeats what was sent
  public record Field(String field, String code, String detail) {}

  private final int status;
  private final String code;
  private final transient List<Field> fields;
  private final transient Optional<Duration> retryAfter;
  private final boolean misuse;

  /// @param status an HTTP status, 400 to 599
  /// @param code stable and upper case, for example `LIST_NOT_ATTESTED`
  /// @param detail what is wrong and what to do; must not hold personal data
  public Problem(int status, String code, String detail) {
    this(status, code, detail, List.of(), Optional.empty(), false);
  }

  private Problem(
      int status,
      String code,
      String detail,
      List<Field> fields,
      Optional<Duration> retryAfter,
      boolean misuse) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.fields = List.copyOf(fields);
    this.retryAfter = retryAfter;
    this.misuse = misuse;
  }

  /// The request is malformed or out of range.
  public static Problem invalid(List<Field> fields) {
    return new Problem(
        400,
        "INVALID_REQUEST",
        "Some fields are not as they must be.",
        fields,
        Optional.empty(),
        false);
  }

  /// The request is well formed but cannot be done as it stands.
  public static Problem unprocessable(String code, String detail) {
    return new Problem(422, code, detail);
  }

  /// As [#unprocessable(String, String)], naming the fields at fault.
  public static Problem unprocessable(String code, String detail, List<Field> fields) {
    return new Problem(422, code, detail, fields, Optional.empty(), false);
  }

  /// Nobody may do that, whatever their role; the audit log is told who tried. Names the fields
  /// that make it so.
  public static Problem misuse(String code, String detail, List<Field> fields) {
    return new Problem(403, code, detail, fields, Optional.empty(), true);
  }

  /// There is nothing of that name, or nothing that this person may know of.
  public static Problem notFound(String what) {
    return new Problem(404, "NOT_FOUND", "There is no such " + what + ".");
  }

  /// The thing is in a state in which this cannot be done.
  public static Problem conflict(String code, String detail) {
    return new Problem(409, code, detail);
  }

  /// Too much, too fast; trying again makes sense after `wait`.
  public static Problem tooMany(String code, String detail, Duration wait) {
    return new Problem(429, code, detail, List.of(), Optional.of(wait), false);
  }

  static Problem busy() {
    return new Problem(
        503,
        "BUSY",
        "Too many requests are under way. Try again in a moment.",
        List.of(),
        Optional.of(Duration.ofSeconds(1)),
        false);
  }

  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  public List<Field> fields() {
    return fields;
  }

  boolean isMisuse() {
    return misuse;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  String detail() {
    return Optional.ofNullable(getMessage()).orElse("");
  }
}
