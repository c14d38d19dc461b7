package kz.qonyrau.web;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import kz.qonyrau.audit.Actor;
import org.jspecify.annotations.Nullable;

/// A request that is known to be valid and allowed.
public final class Asked {

  private final String operationId;
  private final @Nullable Person person;
  private final @Nullable String token;
  private final Optional<Program> program;
  private final UUID seed;
  private final String origin;
  private final String address;
  private final Map<String, Object> parameters;
  private final byte[] body;
  private final @Nullable Path upload;

  Asked(
      String operationId,
      Caller caller,
      UUID seed,
      String origin,
      String address,
      Map<String, Object> parameters,
      byte[] body,
      @Nullable Path upload) {
    this.operationId = operationId;
    this.person = caller.person();
    this.token = caller.token();
    this.program = caller.program();
    this.seed = seed;
    this.origin = origin;
    this.address = address;
    this.parameters = Map.copyOf(parameters);
    this.body = body;
    this.upload = upload;
  }

  public String operationId() {
    return operationId;
  }

  /// Who asks.
  ///
  /// @throws IllegalStateException for an operation that needs no sign-in
  public Person person() {
    if (person == null) {
      throw new IllegalStateException("nobody is signed in for " + operationId);
    }
    return person;
  }

  /// Who asks, as the audit log knows him; nobody where no sign-in is needed.
  Actor actor() {
    return person == null
        ? new Actor("", "", address)
        : new Actor(person.login(), person.role(), address + keyName());
  }

  private String keyName() {
    return program.map(one -> " key " + one.key()).orElse("");
  }

  /// The program that asks in the person's name; empty if the person is signed in.
  public Optional<Program> program() {
    return program;
  }

  /// What the ids of whatever this request makes are made of. A program that repeats its request
  /// under the same name gets the same, also after we died in between.
  public UUID seed() {
    return seed;
  }

  /// Where the request was sent to, for links back: scheme and authority, without a path.
  public String origin() {
    return origin;
  }

  /// A parameter or a field of the JSON body as the audit log is told it; of a list its length.
  String told(String path) {
    return text(path).orElseGet(() -> Json.told(body, path));
  }

  String token() {
    if (token == null) {
      throw new IllegalStateException("nobody is signed in for " + operationId);
    }
    return token;
  }

  /// Where the request came from.
  public String address() {
    return address;
  }

  /// An id from the path, as its type.
  ///
  /// @throws Problem 404 if the type refuses it: what cannot be an id names nothing
  public <T> T id(String name, Function<String, T> type) {
    String value =
        text(name).orElseThrow(() -> new IllegalStateException("not in the contract: " + name));
    try {
      return type.apply(value);
    } catch (IllegalArgumentException notAnId) {
      throw new Problem(404, "NOT_FOUND", "There is nothing of this id.");
    }
  }

  public Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).map(String::valueOf);
  }

  public int whole(String name, int otherwise) {
    return parameters.get(name) instanceof Number number
        ? Math.toIntExact(number.longValue())
        : otherwise;
  }

  public OptionalLong whole(String name) {
    return parameters.get(name) instanceof Number number
        ? OptionalLong.of(number.longValue())
        : OptionalLong.empty();
  }

  public Optional<Boolean> flag(String name) {
    return parameters.get(name) instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  /// The body as a record.
  public <T> T body(Class<T> type) {
    return Json.read(body, type);
  }

  /// The uploaded file. It is deleted after the answer unless the endpoint moved it away.
  public Path upload() {
    if (upload == null) {
      throw new IllegalStateException(operationId + " takes no upload");
    }
    return upload;
  }
}
