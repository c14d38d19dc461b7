package kz.qonyrau.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditLog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The way into a console over HTTP: its API under `/api` as the contract says, its pages at `/`,
/// and `/healthz`.
///
/// A request passes these questions in order, and each refusal is a [Problem]: is it an operation
/// of the contract, who is it, may he, was it meant (a header no other site can send), is it within
/// limits, is it valid. Then its [Endpoint] runs on a virtual thread. The door opens only if every
/// operation of the contract has an endpoint and a line in the [AccessTable].
public final class Door implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Door.class);

  private static final int JSON_BODY_MAX = 1024 * 1024;
  private static final long JSON_BODY_MILLIS_MAX = 30_000;
  private static final int CONCURRENT_MAX = 256;
  private static final int CHUNK = 64 * 1024;
  private static final int IDLE_SECONDS = 75;
  private static final long DISCARDING_MILLIS = 500;
  private static final String CONTEXT = "qonyrau-context";
  private static final String ERRORS = "qonyrau-errors";
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +(\\S{1,200})");
  private static final Pattern AUTHORITY = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]{1,255}");
  private static final Pattern REPETITION = Pattern.compile("[!-~]{1,255}");
  private static final String DISPOSITION = "Content-Disposition";
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
          + "font-src 'self'; connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; "
          + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Vertx vertx;
  private final DoorSettings settings;
  private final List<Wing> wings;
  private final LiveUpdates live;
  private final Pages pages;
  private final Sessions sessions;
  private final SignIn signIn;
  private final Passwords passwords;
  private final Throttle throttle;
  private final Map<Integer, Throttle> throttles = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final String cookieName;
  private final Semaphore permits = new Semaphore(CONCURRENT_MAX);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("door-", 0).factory());
  private final HttpServer server;

  private Door(
      Vertx vertx,
      DoorSettings settings,
      List<Wing> wings,
      People people,
      LiveUpdates live,
      AuditLog audit,
      InstantSource clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.wings = wings;
    this.clock = clock;
    this.live = live;
    this.pages = Pages.read(settings.pages());
    this.sessions = new Sessions(clock);
    this.passwords = new Passwords();
    this.signIn =
        new SignIn(
            settings.firstPasswordMayStay() ? new LenientPeople(people) : people,
            passwords,
            sessions,
            audit,
            clock);
    this.throttle = new Throttle(clock, 600, Duration.ofSeconds(10));
    this.cookieName = wings.getFirst().contract().cookieName();
    this.server =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(16 * 1024)
                .setIdleTimeout(IDLE_SECONDS)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                .setCompressionContentSizeThreshold(1024));
  }

  /// Opens a door and completes when it listens. Fails, naming them, if an operation of the
  /// contract has no endpoint or no line in the access table, or the other way round, or if one
  /// that is no GET has no line in the audit table.
  public static Future<Door> open(
      Vertx vertx,
      DoorSettings settings,
      Desk desk,
      People people,
      LiveUpdates live,
      AuditLog audit,
      InstantSource clock) {
    List<Future<Wing>> wings =
        desk.all().stream()
            .map(one ->
                Contract.read(vertx, one.contract())
                    .map(contract ->
                        new Wing(one, contract, new Auditing(audit, one.audit(), clock))))
            .toList();
    return Future.all(wings)
        .compose(read ->
            vertx.executeBlocking(() -> {
              List<Wing> all = read.list();
              all.forEach(wing -> requireComplete(wing.desk(), wing.contract()));
              emptied(settings.uploads());
              return new Door(vertx, settings, all, people, live, audit, clock);
            }))
        .compose(door -> listen(Objects.requireNonNull(door)));
  }

  private static Future<Door> listen(Door door) {
    return door.server
        .requestHandler(door.router())
        .listen()
        .map(door)
        .onFailure(_ -> door.close());
  }

  /// An operation of a contract.
  ///
  /// @param path below `/api`, with `{names}` of parameters
  public record Offered(String id, String method, String path) {}

  /// What a contract on the class path offers; for tests and for documentation. Blocks.
  public static List<Offered> operations(Vertx vertx, String contract) {
    return Contract.read(vertx, contract).await().operations().stream()
        .map(operation ->
            new Offered(
                operation.getOperationId(),
                operation.getHttpMethod().name(),
                operation.getOpenAPIPath()))
        .toList();
  }

  /// Where it listens, which matters if the settings said zero.
  public int port() {
    return server.actualPort();
  }

  /// Stops listening, cuts open connections and lets running endpoints finish for up to 5 s.
  @Override
  public void close() {
    try {
      server.close().await(5, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      log.atWarn().log("the HTTP server took more than 5 s to close");
    }
    threads.shutdown();
    passwords.close();
  }

  private static void requireComplete(Desk desk, Contract contract) {
    Set<String> operations = new HashSet<>();
    contract.operations().forEach(operation -> operations.add(operation.getOperationId()));
    Set<String> answered = new HashSet<>(desk.endpoints().keySet());
    answered.addAll(desk.own());
    if (!answered.equals(operations) || !desk.access().operations().equals(operations)) {
      throw new IllegalStateException(
          "the contract %s does not fit: without endpoint %s, without access %s, unknown %s"
              .formatted(
                  desk.contract(),
                  without(operations, answered),
                  without(operations, desk.access().operations()),
                  without(answered, operations)));
    }
    Set<String> unknown = without(desk.scoped(), desk.endpoints().keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalStateException("scopes for what has no endpoint: " + unknown);
    }
    requireAudited(desk, contract);
  }

  private static void requireAudited(Desk desk, Contract contract) {
    Set<String> changing = new HashSet<>();
    Set<String> all = new HashSet<>();
    for (Operation operation : contract.operations()) {
      all.add(operation.getOperationId());
      if (!operation.getHttpMethod().equals(HttpMethod.GET)) {
        changing.add(operation.getOperationId());
      }
    }
    Set<String> told = desk.audit().operations();
    // The door's own are told by whoever answers them.
    Set<String> untold = without(without(changing, told), desk.own());
    Set<String> unknown = without(told, all);
    if (!untold.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalStateException(
          "the audit table does not fit %s: untold %s, unknown %s"
              .formatted(desk.contract(), untold, unknown));
    }
  }

  private static Set<String> without(Set<String> all, Set<String> some) {
    Set<String> rest = new HashSet<>(all);
    rest.removeAll(some);
    return rest;
  }

  private static void emptied(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Stream<Path> leftOver = Files.list(directory)) {
      for (Path file : leftOver.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(Door::secure);
    router
        .get("/healthz")
        .handler(routing -> {
          routing.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
          var _ = routing.response().end("{\"up\":true}");
        });
    for (Wing wing : wings) {
      for (Operation operation : wing.contract().operations()) {
        String path = operation.getAbsoluteOpenAPIPath().replaceAll("\\{(.*?)}", ":$1");
        router
            .route(operation.getHttpMethod(), path)
            .handler(routing -> enter(routing, wing, operation));
      }
    }
    // Those whose path is longest come first.
    wings.stream()
        .sorted(Comparator.comparingInt((Wing wing) -> -wing.contract().path().length()))
        .forEach(wing ->
            router
                .route(wing.contract().path() + "/*")
                .handler(routing -> {
                  routing.put(ERRORS, wing.desk().errors());
                  refuse(routing, new Problem(404, "NOT_FOUND", "No such operation."));
                }));
    router.get().handler(this::page);
    router.head().handler(this::page);
    for (int status : List.of(400, 404, 405, 406, 413, 414, 415, 431)) {
      router.errorHandler(
          status,
          routing -> refuse(routing, new Problem(status, "HTTP_" + status, "Not like this.")));
    }
    router.errorHandler(500, routing -> fault(routing, routing.failure(), "routing"));
    return router;
  }

  private static void secure(RoutingContext routing) {
    routing.put(CONTEXT, routing.vertx().getOrCreateContext());
    routing
        .response()
        .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("X-Frame-Options", "DENY")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
    routing.next();
  }

  private void page(RoutingContext routing) {
    try {
      pages.serve(routing.request(), Optional.ofNullable(routing.normalizedPath()).orElse("/"));
    } catch (Problem problem) {
      refuse(routing, problem);
    }
  }

  private void enter(RoutingContext routing, Wing wing, Operation operation) {
    HttpServerRequest request = routing.request();
    routing.put(ERRORS, wing.desk().errors());
    String id = operation.getOperationId();
    try {
      Caller caller = caller(request, wing, id);
      requireUnfrozen(caller);
      requireUnhurried(request, wing, caller);
      requireAllowed(wing, id, caller, address(request));
      requireMeant(request, caller);
      Map<String, Object> parameters =
          wing.contract().parameters(operation, routing.pathParams(), routing.queryParams());
      if (id.equals("live")) {
        follow(routing, Objects.requireNonNull(caller.person()), caller.token());
        return;
      }
      Entry entry =
          new Entry(
              wing,
              id,
              caller,
              origin(request),
              address(request),
              parameters,
              repetition(request, caller));
      Long uploadLimit = wing.desk().uploadLimits().get(id);
      if (uploadLimit != null) {
        receive(routing, uploadLimit, entry);
      } else if (Contract.takesJson(operation)) {
        requireJson(request);
        collect(routing)
            .onSuccess(body ->
                run(
                    routing,
                    id,
                    () -> {
                      wing.contract().requireValid(operation, body);
                      return once(entry, body);
                    }));
      } else {
        requireNoBody(request);
        run(routing, id, () -> once(entry, new byte[0]));
      }
    } catch (Problem problem) {
      refuse(routing, problem);
    }
  }

  /// Does it, unless a program has asked for the same before (SH-API-02).
  private Answer once(Entry entry, byte[] body) throws Exception {
    if (entry.repetition.isEmpty()) {
      return answer(entry, UUID.randomUUID(), body, null);
    }
    Program program = entry.caller.program().orElseThrow();
    String name = entry.repetition.get();
    Repetitions repetitions = entry.wing.desk().repetitions();
    return switch (repetitions.begin(program, name, entry.fingerprint(body))) {
      case Repetitions.Turn.Again(int status, String json) -> new Answer.Again(status, json);
      case Repetitions.Turn.Different _ ->
          throw Problem.unprocessable(
              "IDEMPOTENCY_KEY_USED",
              "This Idempotency-Key was used for another request; choose a new one.");
      case Repetitions.Turn.UnderWay _ ->
          throw Problem.conflict(
              "IDEMPOTENCY_UNDER_WAY", "The same request is being answered; try again later.");
      case Repetitions.Turn.First(UUID seed) -> {
        try {
          Answer answer = answer(entry, seed, body, null);
          switch (answer) {
            case Answer.Body(int status, Object value) ->
                repetitions.keep(
                    program, name, status, new String(Json.write(value), StandardCharsets.UTF_8));
            case Answer.Done _ -> repetitions.keep(program, name, 204, "");
            case Answer.Bytes _,
                Answer.Download _,
                Answer.Stream _,
                Answer.Signed _,
                Answer.Again _ ->
                repetitions.letGo(program, name);
          }
          yield answer;
        } catch (Problem refused) {
          repetitions.letGo(program, name);
          throw refused;
        } catch (Throwable failure) {
          repetitions.interrupted(program, name);
          throw failure;
        }
      }
    };
  }

  private Answer answer(Entry entry, UUID seed, byte[] body, @Nullable Path upload)
      throws Exception {
    return entry
        .wing
        .auditing()
        .answer(entry.asked(seed, body, upload), endpoint(entry.wing, entry.id));
  }

  private Endpoint endpoint(Wing wing, String id) {
    return switch (id) {
      case "whoAmI" -> signIn::whoAmI;
      case "signIn" -> signIn::signIn;
      case "signOut" -> signIn::signOut;
      case "changePassword" -> signIn::changePassword;
      default -> Objects.requireNonNull(wing.desk().endpoints().get(id));
    };
  }

  /// A key counts and nothing else where one is sent; what is open to everybody asks for none.
  private Caller caller(HttpServerRequest request, Wing wing, String id) {
    String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (authorization != null && !wing.desk().access().isOpen(id)) {
      Matcher bearer = BEARER.matcher(authorization.strip());
      return Optional.of(bearer)
          .filter(Matcher::matches)
          .flatMap(key -> wing.desk().programs().find(key.group(1)))
          .map(Caller::of)
          .orElseThrow(() -> {
            requireUnhurried(request, wing, Caller.NOBODY);
            return new Problem(401, "KEY_UNKNOWN", "This API key is unknown or was revoked.");
          });
    }
    String token = wing.desk().isForPeople() ? token(request) : null;
    return token == null
        ? Caller.NOBODY
        : new Caller(sessions.use(token).orElse(null), token, Optional.empty());
  }

  private static void requireAllowed(Wing wing, String id, Caller caller, String address) {
    Desk desk = wing.desk();
    if (desk.access().isOpen(id)) {
      return;
    }
    Person person = caller.person();
    if (person == null) {
      throw desk.isForPeople()
          ? new Problem(401, "NOT_SIGNED_IN", "Sign in first.")
          : new Problem(401, "KEY_MISSING", "Send the header Authorization: Bearer <API key>.");
    }
    if (!desk.access().allows(id, person.role())) {
      log.atWarn()
          .addKeyValue("person", person.loggable())
          .addKeyValue("role", person.role())
          .addKeyValue("operation", id)
          .log("not allowed");
      wing.auditing().notAllowed(new Actor(person.login(), person.role(), address), id);
      throw new Problem(403, "NOT_ALLOWED", "Your role does not include this.");
    }
    if (caller.program().isPresent()) {
      requireScope(wing, id, caller.program().get(), address);
      return;
    }
    boolean ownBusiness = desk.own().contains(id) && !id.equals("live");
    if (person.mustChangePassword() && !ownBusiness) {
      throw new Problem(403, "PASSWORD_MUST_CHANGE", "Replace the first password first.");
    }
  }

  private static void requireScope(Wing wing, String id, Program program, String address) {
    Optional<String> needed = wing.desk().scope(id);
    if (needed.filter(program.scopes()::contains).isPresent()) {
      return;
    }
    Person owner = program.owner();
    String from = address + " key " + program.key();
    wing.auditing().notAllowed(new Actor(owner.login(), owner.role(), from), id);
    throw needed
        .map(scope ->
            new Problem(
                403, "SCOPE_MISSING", "This API key lacks the scope " + scope + ". Make another."))
        .orElseGet(() ->
            new Problem(403, "NOT_FOR_KEYS", "This is for people who sign in, not for API keys."));
  }

  /// A browser adds no key by itself, so whoever sends one meant it.
  private static void requireMeant(HttpServerRequest request, Caller caller) {
    boolean harmless =
        request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    boolean meant =
        caller.program().isPresent() || "qonyrau".equals(request.getHeader("X-Requested-With"));
    if (!harmless && !meant) {
      throw new Problem(
          403, "HEADER_MISSING", "Send the header X-Requested-With: qonyrau with every change.");
    }
  }

  private static void requireUnfrozen(Caller caller) {
    if (caller.program().filter(Program::frozen).isPresent()) {
      throw new Problem(
          403,
          "KEY_FROZEN",
          "This API key is frozen, because its program went on after being told to slow down."
              + " Have it wait as long as Retry-After says, then let the owner thaw the key.");
    }
  }

  private void requireUnhurried(HttpServerRequest request, Wing wing, Caller caller) {
    Person person = caller.person();
    Optional<Duration> wait =
        caller
            .program()
            .map(program -> ofKeys(program.requestsPerMinute()).take("key/" + program.key()))
            .orElseGet(() ->
                throttle.take(
                    person == null ? "address/" + address(request) : "login/" + person.login()));
    wait.ifPresent(pause -> {
      caller.program().ifPresent(wing.desk().programs()::hurried);
      throw Problem.tooMany("TOO_FAST", "Slow down.", pause);
    });
  }

  /// The throttle of all keys with this limit.
  private Throttle ofKeys(int requestsPerMinute) {
    return throttles.computeIfAbsent(
        requestsPerMinute, limit -> new Throttle(clock, limit, Duration.ofMinutes(1)));
  }

  private static Optional<String> repetition(HttpServerRequest request, Caller caller) {
    String name = request.getHeader("Idempotency-Key");
    if (name == null || caller.program().isEmpty() || !request.method().equals(HttpMethod.POST)) {
      return Optional.empty();
    }
    if (!REPETITION.matcher(name).matches()) {
      throw Problem.invalid(
          List.of(
              new Problem.Field(
                  "Idempotency-Key", "WRONG_FORM", "1 to 255 visible characters of ASCII.")));
    }
    return Optional.of(name);
  }

  /// Scheme and authority as the client used them; a strange authority is left out.
  private static String origin(HttpServerRequest request) {
    HostAndPort authority = request.authority();
    String host = authority == null ? "" : authority.toString();
    return AUTHORITY.matcher(host).matches() ? request.scheme() + "://" + host : "";
  }

  private static void requireJson(HttpServerRequest request) {
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String plain = type == null ? "" : type.split(";", 2)[0].strip();
    if (!plain.equalsIgnoreCase("application/json")) {
      throw new Problem(415, "WRONG_MEDIA_TYPE", "Send the body as application/json.");
    }
    if (announced(request) > JSON_BODY_MAX) {
      throw tooLarge(JSON_BODY_MAX);
    }
  }

  private static void requireNoBody(HttpServerRequest request) {
    if (announced(request) > 0 || request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      throw new Problem(400, "BODY_UNEXPECTED", "This takes no body.");
    }
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException unreadable) {
      throw new Problem(400, "HTTP_400", "The length of the body is unreadable.");
    }
  }

  private static Problem tooLarge(long limit) {
    return new Problem(413, "TOO_LARGE", "The body may have at most " + limit + " bytes.");
  }

  private Future<byte[]> collect(RoutingContext routing) {
    Promise<byte[]> whole = Promise.promise();
    HttpServerRequest request = routing.request();
    Buffer body = Buffer.buffer();
    long tooSlow =
        vertx.setTimer(
            JSON_BODY_MILLIS_MAX,
            _ -> refuse(routing, new Problem(408, "TOO_SLOW", "The body did not come in time.")));
    request.handler(part -> {
      if (body.length() + part.length() > JSON_BODY_MAX) {
        vertx.cancelTimer(tooSlow);
        request.handler(_ -> {});
        refuse(routing, tooLarge(JSON_BODY_MAX));
      } else {
        body.appendBuffer(part);
      }
    });
    request.exceptionHandler(_ -> {
      vertx.cancelTimer(tooSlow);
    });
    request.endHandler(_ -> {
      vertx.cancelTimer(tooSlow);
      if (!routing.response().ended()) {
        whole.complete(body.getBytes());
      }
    });
    return whole.future();
  }

  private void receive(RoutingContext routing, long limit, Entry entry) {
    HttpServerRequest request = routing.request();
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.equalsIgnoreCase("application/octet-stream")) {
      throw new Problem(415, "WRONG_MEDIA_TYPE", "Send the file as application/octet-stream.");
    }
    if (announced(request) > limit) {
      throw tooLarge(limit);
    }
    if (entry.repetition.isPresent()) {
      throw new Problem(
          400, "NOT_REPEATABLE", "Uploads take no Idempotency-Key; leave the header out.");
    }
    request.pause();
    Path file = settings.uploads().resolve(UUID.randomUUID() + ".part");
    vertx
        .fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
        .compose(open -> store(request, open, limit))
        .onComplete(stored -> {
          if (stored.succeeded()) {
            run(
                routing,
                entry.id,
                () -> {
                  try {
                    return answer(entry, UUID.randomUUID(), new byte[0], file);
                  } finally {
                    Files.deleteIfExists(file);
                  }
                });
          } else {
            var _ = vertx.fileSystem().delete(file.toString());
            if (stored.cause() instanceof Problem problem) {
              refuse(routing, problem);
            } else if (!routing.response().closed()) {
              fault(routing, stored.cause(), entry.id);
            }
          }
        });
  }

  private static Future<Void> store(HttpServerRequest request, AsyncFile file, long limit) {
    Promise<Void> received = Promise.promise();
    long[] bytes = {0};
    file.exceptionHandler(received::tryFail);
    request.exceptionHandler(received::tryFail);
    request.handler(part -> {
      bytes[0] += part.length();
      if (bytes[0] > limit) {
        request.handler(_ -> {});
        received.tryFail(tooLarge(limit));
        return;
      }
      file.write(part).onFailure(received::tryFail);
      if (file.writeQueueFull()) {
        request.pause();
        file.drainHandler(_ -> request.resume());
      }
    });
    request.endHandler(_ -> received.tryComplete());
    request.resume();
    return received.future().eventually(file::close);
  }

  private void follow(RoutingContext routing, Person person, @Nullable String token) {
    String known = Objects.requireNonNull(token);
    live.connect(routing.response(), person.role(), () -> sessions.isOpen(known));
  }

  @FunctionalInterface
  private interface Work {
    Answer work() throws Exception;
  }

  private void run(RoutingContext routing, String id, Work work) {
    if (!permits.tryAcquire()) {
      refuse(routing, Problem.busy());
      return;
    }
    threads.execute(() -> {
      Answer answer;
      try {
        answer = work.work();
      } catch (Problem problem) {
        refuse(routing, problem);
        return;
      } catch (Throwable failure) { // await() rethrows the cause as it is, checked or not.
        fault(routing, failure, id);
        return;
      } finally {
        permits.release();
      }
      try {
        send(routing, answer);
      } catch (Problem problem) {
        refuse(routing, problem);
      } catch (Throwable failure) {
        fault(routing, failure, id);
      }
    });
  }

  private void send(RoutingContext routing, Answer answer) throws Exception {
    HttpServerResponse response = routing.response();
    switch (answer) {
      case Answer.Body(int status, Object value) -> sendJson(routing, status, value);
      case Answer.Again(int status, String json) -> {
        response.putHeader("Idempotent-Replayed", "true");
        sendJson(routing, status, json.getBytes(StandardCharsets.UTF_8));
      }
      case Answer.Done() -> onContext(routing, () -> response.setStatusCode(204).end());
      case Answer.Bytes(String type, Content content) -> sendContent(routing, type, content);
      case Answer.Download(String type, String name, Content content) -> {
        response.putHeader(DISPOSITION, "attachment; filename=\"" + name + "\"");
        sendContent(routing, type, content);
      }
      case Answer.Stream(String type, String name, Outflow outflow) -> {
        response.putHeader(DISPOSITION, "attachment; filename=\"" + name + "\"");
        sendStream(response, type, outflow);
      }
      case Answer.Signed(Optional<Person> person, String token) -> {
        response.addCookie(cookie(token));
        if (person.isPresent()) {
          sendJson(routing, 200, person.get());
        } else {
          onContext(routing, () -> response.setStatusCode(204).end());
        }
      }
    }
  }

  private static void sendJson(RoutingContext routing, int status, Object value) {
    sendJson(routing, status, Json.write(value));
  }

  private static void sendJson(RoutingContext routing, int status, byte[] json) {
    if (json.length == 0) {
      onContext(routing, () -> routing.response().setStatusCode(status).end());
      return;
    }
    Buffer body = Buffer.buffer(json);
    onContext(
        routing,
        () ->
            routing
                .response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(body));
  }

  private static void sendContent(RoutingContext routing, String mediaType, Content content) {
    try (content) {
      sendOpened(routing, mediaType, content);
    }
  }

  private static void sendOpened(RoutingContext routing, String mediaType, Content content) {
    HttpServerResponse response = routing.response();
    long length = content.length();
    Optional<ByteRange> range = ByteRange.of(routing.request().getHeader("Range"), length);
    long from = range.map(ByteRange::from).orElse(0L);
    long left = range.map(ByteRange::length).orElse(length);
    range.ifPresent(part ->
        response
            .setStatusCode(206)
            .putHeader(
                HttpHeaders.CONTENT_RANGE,
                "bytes " + part.from() + "-" + part.to() + "/" + length));
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .putHeader(HttpHeaders.ACCEPT_RANGES, "bytes")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_ENCODING, "identity")
        .putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(left));
    try {
      while (left > 0) {
        byte[] part = content.read(from, (int) Math.min(CHUNK, left));
        // Waits for the socket, so a slow listener costs one parked virtual thread and one chunk.
        var _ = response.write(Buffer.buffer(part)).await();
        from += part.length;
        left -= part.length;
      }
      var _ = response.end();
    } catch (IOException broken) {
      log.atError().setCause(broken).log("content could not be read; the connection is cut");
      var _ = response.reset();
    } catch (RuntimeException gone) {
      // The listener went away in the middle, as players do when they seek.
      log.atDebug().setCause(gone).log("the listener is gone");
      var _ = response.reset();
    }
  }

  private static void sendStream(HttpServerResponse response, String mediaType, Outflow outflow)
      throws Exception {
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader(HttpHeaders.CONTENT_ENCODING, "identity");
    ResponseStream out = new ResponseStream(response, CHUNK);
    try (outflow) {
      outflow.writeTo(out);
      out.finish();
    } catch (ResponseStream.ListenerGoneException gone) {
      log.atInfo().setCause(gone).log("a download was broken off by whoever asked for it");
      var _ = response.reset();
    } catch (Throwable failure) {
      if (!response.headWritten()) {
        response.setChunked(false).headers().remove(DISPOSITION);
        response.headers().remove(HttpHeaders.CONTENT_ENCODING);
        throw failure;
      }
      // Without its last chunk nobody takes it for whole.
      log.atError().setCause(failure).log("a download failed half-way; the connection is cut");
      var _ = response.reset();
    }
  }

  private Cookie cookie(String token) {
    Cookie cookie =
        Cookie.cookie(cookieName, token)
            .setPath("/")
            .setHttpOnly(true)
            .setSameSite(CookieSameSite.STRICT)
            .setSecure(settings.secureCookie());
    return token.isEmpty() ? cookie.setMaxAge(0) : cookie;
  }

  private @Nullable String token(HttpServerRequest request) {
    Cookie cookie = request.getCookie(cookieName);
    return cookie == null || cookie.getValue().isEmpty() ? null : cookie.getValue();
  }

  private static String address(HttpServerRequest request) {
    return request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress();
  }

  private static void refuse(RoutingContext routing, Problem problem) {
    ErrorForm form = Optional.ofNullable(routing.<ErrorForm>get(ERRORS)).orElse(ErrorForm.PROBLEM);
    Buffer text = Buffer.buffer(Json.write(form.body(problem)));
    onContext(
        routing,
        () -> {
          HttpServerResponse response = routing.response();
          if (response.ended() || response.headWritten()) {
            return;
          }
          problem
              .retryAfter()
              .ifPresent(wait ->
                  response.putHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds()))));
          response
              .setStatusCode(form.status(problem))
              .putHeader(HttpHeaders.CONTENT_TYPE, form.mediaType())
              .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
          HttpServerRequest request = routing.request();
          if (request.isEnded()) {
            var _ = response.end(text);
            return;
          }
          // Whoever still sends a body that nobody wants gets the answer, a moment to read it, and
          // is not read to the end.
          response.putHeader(HttpHeaders.CONNECTION, "close");
          request.handler(_ -> {}).resume();
          var _ = response.end(text);
          routing.vertx().setTimer(DISCARDING_MILLIS, _ -> request.connection().close());
        });
  }

  private static void fault(RoutingContext routing, @Nullable Throwable failure, String where) {
    String incident = UUID.randomUUID().toString();
    log.atError()
        .setCause(failure)
        .addKeyValue("operation", where)
        .addKeyValue("incident", incident)
        .log("a request failed through our own fault");
    refuse(
        routing,
        new Problem(500, "FAULT", "Something broke on our side. Incident " + incident + "."));
  }

  private static void onContext(RoutingContext routing, Runnable work) {
    Context context = Objects.requireNonNull(routing.<Context>get(CONTEXT));
    if (context.equals(Vertx.currentContext())) {
      work.run();
    } else {
      context.runOnContext(_ -> work.run());
    }
  }

  private record Entry(
      Wing wing,
      String id,
      Caller caller,
      String origin,
      String address,
      Map<String, Object> parameters,
      Optional<String> repetition) {

    Asked asked(UUID seed, byte[] body, @Nullable Path upload) {
      return new Asked(id, caller, seed, origin, address, parameters, body, upload);
    }

    /// Stands for everything that was asked.
    String fingerprint(byte[] body) {
      return Fingerprint.of(id + " " + new TreeMap<>(parameters), body);
    }
  }
}
