package kz.qonyrau.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditEntry;
import kz.qonyrau.audit.AuditFilter;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;

/// A door on a free port with a contract of its own, three people, and a client for it.
final class TestDoor implements AutoCloseable {

  static final String PASSWORD = "correct horse";

  record Part(String id) {}

  record Thing(
      String name,
      Optional<Integer> count,
      Optional<String> kind,
      Optional<String> at,
      Optional<String> day,
      Optional<Set<String>> tags,
      Part part) {}

  /// People in memory.
  static final class FewPeople implements People {

    final Map<String, Credential> byLogin = new ConcurrentHashMap<>();

    @Override
    public Future<Optional<Credential>> find(String login) {
      return Future.succeededFuture(Optional.ofNullable(byLogin.get(login)));
    }

    @Override
    public Future<Void> savePassword(String login, String passwordHash) {
      byLogin.computeIfPresent(
          login,
          (_, was) ->
              new Credential(was.person().withOwnPassword(), passwordHash, was.lockedUntil()));
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> lock(String login, Instant until) {
      byLogin.computeIfPresent(
          login, (_, was) -> new Credential(was.person(), was.passwordHash(), Optional.of(until)));
      return Future.succeededFuture();
    }
  }

  /// One for all doors of the program: what the log tells is asked for from where it stood.
  private static final TemporaryStore AUDIT = TemporaryStore.with("AUDIT");

  final Vertx vertx = Vertx.vertx();
  final SteppedClock clock = SteppedClock.at("2026-11-24T04:00:00Z");
  final FewPeople people = new FewPeople();
  final LiveUpdates live = new LiveUpdates(vertx);
  final byte[] sound = new byte[300_000];

  /// What `/api/archive` sends.
  volatile Outflow archive = _ -> {};

  final AuditLog audit = new AuditLog(AUDIT.store(), clock);
  final Door door;
  private final long auditedBefore = lastLine();
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final Path directory;

  TestDoor() {
    this(true);
  }

  TestDoor(boolean firstPasswordMayStay) {
    try {
      directory = Files.createTempDirectory("door");
      Path pages = Files.createDirectories(directory.resolve("pages/assets"));
      Files.writeString(pages.resolve("app-1.js"), "// " + "x".repeat(2_000));
      Files.writeString(
          directory.resolve("pages/index.html"), "<!doctype html><title>Pages</title>");
      Path ask = Files.createDirectories(directory.resolve("pages/ask/assets"));
      Files.writeString(ask.resolve("ask-1.js"), "// ask");
      Files.writeString(
          directory.resolve("pages/ask/index.html"), "<!doctype html><title>Ask</title>");
      Files.writeString(directory.resolve("secret.txt"), "secret");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
    for (int each = 0; each < sound.length; each++) {
      sound[each] = (byte) (each * 31 / 7);
    }
    try (Passwords passwords = new Passwords()) {
      String hash = passwords.hashNow(PASSWORD);
      for (String role : Set.of("OWNER", "READER")) {
        String login = role.toLowerCase(java.util.Locale.ROOT);
        people.byLogin.put(
            login, new Credential(new Person(login, role, role, true), hash, Optional.empty()));
      }
    }
    door =
        await(
            Door.open(
                vertx,
                new DoorSettings(
                    "127.0.0.1",
                    0,
                    directory.resolve("uploads"),
                    Optional.of(directory.resolve("pages")),
                    false,
                    firstPasswordMayStay),
                desk(access()),
                people,
                live,
                audit,
                clock));
  }

  private long lastLine() {
    return await(audit.entries(AuditFilter.everything(), Optional.empty(), 1)).stream()
        .mapToLong(AuditEntry::line)
        .findFirst()
        .orElse(0);
  }

  /// What the audit log was told by this door, oldest first.
  List<AuditEntry> audited() {
    return await(audit.entries(AuditFilter.everything(), Optional.empty(), 1000))
        .reversed()
        .stream()
        .filter(entry -> entry.line() > auditedBefore)
        .toList();
  }

  static AuditTable tellings() {
    return new AuditTable()
        .tells(
            "makeThing", AuditAction.LIST_IMPORTED, "thing/{part.id}", "{name}", "{tags} of {none}")
        .tells("breakThing", AuditAction.LIST_DELETED, "thing/{thingId}")
        .plays("sound", AuditAction.RECORDING_PLAYED, "sound")
        .changesNothing("uploadSound");
  }

  static AccessTable access() {
    Set<String> all = Set.of("OWNER", "READER");
    Map<String, Set<String>> table = new HashMap<>();
    for (String operation :
        Set.of(
            "whoAmI", "signOut", "changePassword", "live", "things", "thing", "sound", "archive")) {
      table.put(operation, all);
    }
    for (String operation : Set.of("makeThing", "breakThing", "uploadSound")) {
      table.put(operation, Set.of("OWNER"));
    }
    return new AccessTable(table, Set.of("signIn"));
  }

  Desk desk(AccessTable access) {
    return desk(access, tellings());
  }

  Desk desk(AccessTable access, AuditTable tellings) {
    return new Desk("openapi/counter.yaml", access, tellings)
        .on(
            "things",
            asked ->
                Answer.ok(
                    Map.of(
                        "page", asked.whole("page", 7),
                        "state", asked.text("state").orElse("ANY"),
                        "all", asked.flag("all").orElse(false))))
        .on(
            "makeThing",
            asked -> {
              Thing thing = asked.body(Thing.class);
              if (thing.name().equals("misuse")) {
                throw Problem.misuse("NOT_FOR_THIS", "Nobody may.", List.of());
              }
              if (thing.name().equals("taken")) {
                throw Problem.conflict("TAKEN", "Choose another name.");
              }
              return Answer.created(thing);
            })
        .on("thing", asked -> Answer.ok(Map.of("id", asked.id("thingId", Part::new).id())))
        .on(
            "breakThing",
            _ -> {
              throw new IllegalStateException("it broke on purpose");
            })
        .on("archive", _ -> new Answer.Stream("application/zip", "all.zip", archive))
        .on("sound", _ -> new Answer.Bytes("audio/wav", Content.of(sound)))
        .onUpload(
            "uploadSound",
            1_000_000,
            asked -> Answer.created(Map.of("bytes", Files.size(asked.upload()))));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(20, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new AssertionError("no answer within 20 s", late);
    }
  }

  /// Signs in and returns the cookie.
  String cookieOf(String login) {
    HttpResponse<String> signedIn = signIn(login, PASSWORD);
    if (signedIn.statusCode() != 200) {
      throw new AssertionError(signedIn.statusCode() + " " + signedIn.body());
    }
    return signedIn.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
  }

  HttpResponse<String> signIn(String login, String password) {
    byte[] body = Json.write(Map.of("login", login, "password", password));
    return send(
        to("/api/session")
            .header("X-Requested-With", "qonyrau")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
  }

  HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path));
  }

  /// A change with everything it needs besides the body.
  HttpRequest.Builder change(String path, String cookie) {
    return to(path)
        .header("X-Requested-With", "qonyrau")
        .header("Content-Type", "application/json")
        .header("Cookie", cookie);
  }

  HttpResponse<String> post(String path, String cookie, String json) {
    return send(change(path, cookie).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  HttpResponse<String> get(String path, String cookie) {
    return send(to(path).header("Cookie", cookie).GET());
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new AssertionError(stopped);
    }
  }

  @Override
  public void close() {
    http.close();
    door.close();
    live.close();
    await(vertx.close());
    try (var files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
