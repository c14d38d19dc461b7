package kz.qonyrau.integrations;

import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import kz.qonyrau.store.Store;
import org.jdbi.v3.core.Handle;

/// Whom the business's programs want told of what, and what is still to be told. What happened is
/// written down here by the transaction that made it happen; a [Courier] carries it. Safe for use
/// by several threads.
public final class Webhooks {

  /// More are a mistake.
  public static final int MOST = 20;

  /// How long it can be looked up what was told.
  static final Duration REMEMBERED = Duration.ofDays(30);

  private static final int LONGEST_ANSWER = 200;
  private static final int SECRET_BYTES = 32;

  private final Store store;
  private final Seal seal;
  private final InstantSource clock;
  private final boolean localMayReceive;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Webhook> present = new ConcurrentHashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// @param localMayReceive whether a webhook may point at this machine itself
  Webhooks(Store store, Seal seal, InstantSource clock, boolean localMayReceive) {
    this.store = store;
    this.seal = seal;
    this.clock = clock;
    this.localMayReceive = localMayReceive;
  }

  /// A webhook that was just made.
  ///
  /// @param secret what deliveries are signed with; shown once
  public record Made(Webhook webhook, String secret) {

    /// Leaves the secret out.
    @Override
    public String toString() {
      return "new webhook " + webhook.id();
    }
  }

  /// What is due.
  record Due(String webhook, String event, String kind, String body, Instant since, int tries) {}

  Future<Void> load() {
    return store
        .read(handle ->
            handle
                .createQuery("SELECT * FROM integration.webhook")
                .map((row, _) -> webhook(row))
                .list())
        .onSuccess(all -> all.forEach(one -> present.put(one.id(), one)))
        .mapEmpty();
  }

  /// Calls `listener` when there may be something to tell, on whatever thread; it must return at
  /// once.
  void onNews(Runnable listener) {
    listeners.add(listener);
  }

  boolean localMayReceive() {
    return localMayReceive;
  }

  /// Makes a webhook; empty if there are too many. Repeating it with the same id returns the same
  /// webhook with a new secret, since nobody learned the first.
  ///
  /// @throws IllegalArgumentException if the address may not be used, saying why
  public Future<Optional<Made>> make(UUID id, String url, Set<EventKind> events, String by) {
    if (events.isEmpty() || events.contains(EventKind.TEST)) {
      throw new IllegalArgumentException("name at least one event");
    }
    String address = WebhookUrl.parse(url, localMayReceive).toString();
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    String secret = "whsec_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String sealed =
        Base64.getEncoder()
            .encodeToString(
                seal.seal(secret.getBytes(StandardCharsets.UTF_8), context(id.toString())));
    Webhook webhook = new Webhook(id.toString(), address, events, clock.instant(), by);
    return store
        .write(handle -> {
          int again =
              handle
                  .createUpdate(
                      "UPDATE integration.webhook SET sealed_secret = :secret WHERE id = :id")
                  .bind("secret", sealed)
                  .bind("id", webhook.id())
                  .execute();
          int count =
              handle
                  .createQuery("SELECT COUNT(*) FROM integration.webhook")
                  .mapTo(Integer.class)
                  .one();
          if (again == 0 && count >= MOST) {
            return false;
          }
          if (again == 0) {
            insert(handle, webhook, sealed);
          }
          return true;
        })
        .map(made -> {
          if (!made) {
            return Optional.empty();
          }
          present.put(webhook.id(), webhook);
          return Optional.of(new Made(webhook, secret));
        });
  }

  private static String context(String id) {
    return "webhook/" + id;
  }

  private static void insert(Handle handle, Webhook webhook, String sealed) {
    handle
        .createUpdate(
            """
            INSERT INTO integration.webhook (id, url, sealed_secret, events, created_at_ms,
              created_by)
            VALUES (:id, :url, :secret, :events, :at, :by)
            """)
        .bind("id", webhook.id())
        .bind("url", webhook.url())
        .bind("secret", sealed)
        .bind(
            "events",
            webhook.events().stream()
                .map(EventKind::words)
                .sorted()
                .collect(Collectors.joining(" ")))
        .bind("at", webhook.createdAt().toEpochMilli())
        .bind("by", webhook.createdBy())
        .execute();
  }

  /// All webhooks, oldest first.
  public List<Webhook> all() {
    return present.values().stream()
        .sorted(java.util.Comparator.comparing(Webhook::createdAt).thenComparing(Webhook::id))
        .toList();
  }

  public Optional<Webhook> find(String id) {
    return Optional.ofNullable(present.get(id));
  }

  /// Removes a webhook and what it was still to be told.
  ///
  /// @return false if there is none
  public Future<Boolean> remove(String id) {
    boolean was = present.remove(id) != null;
    return store
        .write(handle -> {
          handle.execute("DELETE FROM integration.delivery WHERE webhook = ?", id);
          handle.execute("DELETE FROM integration.webhook WHERE id = ?", id);
          return true;
        })
        .map(was);
  }

  /// Whether anybody wants to be told of events of this kind.
  public boolean wants(EventKind kind) {
    return present.values().stream().anyMatch(one -> one.events().contains(kind));
  }

  /// Writes down whom an event is to be told to, in the transaction that made it happen. Repeating
  /// it tells nobody twice.
  public void tell(Handle handle, Event event) {
    for (Webhook webhook : present.values()) {
      if (webhook.events().contains(event.kind())) {
        put(handle, webhook.id(), event);
      }
    }
  }

  private void put(Handle handle, String webhook, Event event) {
    boolean known =
        handle
                .createQuery(
                    """
                    SELECT COUNT(*) FROM integration.delivery
                    WHERE webhook = :webhook AND event = :event
                    """)
                .bind("webhook", webhook)
                .bind("event", event.id().toString())
                .mapTo(Integer.class)
                .one()
            > 0;
    boolean gone =
        handle
                .createQuery("SELECT COUNT(*) FROM integration.webhook WHERE id = :id")
                .bind("id", webhook)
                .mapTo(Integer.class)
                .one()
            == 0;
    if (known || gone) {
      return;
    }
    long now = clock.instant().toEpochMilli();
    handle
        .createUpdate(
            """
            INSERT INTO integration.delivery (webhook, event, kind, body, state, created_at_ms,
              since_ms, due_at_ms, tries, last_answer)
            VALUES (:webhook, :event, :kind, :body, 'PENDING', :now, :now, :now, 0, '')
            """)
        .bind("webhook", webhook)
        .bind("event", event.id().toString())
        .bind("kind", event.kind().words())
        .bind("body", event.json())
        .bind("now", now)
        .execute();
  }

  /// Sends something that tells only that the way is open.
  ///
  /// @return false if there is no such webhook
  public Future<Boolean> test(String id, UUID event) {
    if (find(id).isEmpty()) {
      return Future.succeededFuture(false);
    }
    return store
        .write(handle -> {
          put(
              handle,
              id,
              new Event(event, EventKind.TEST, clock.instant(), Map.of("webhook_id", id)));
          return true;
        })
        .onSuccess(_ -> news());
  }

  /// Tries again what has not arrived, now and for as long as a new event.
  ///
  /// @return false if there is no such delivery, or the receiver has it
  public Future<Boolean> again(String id, String event) {
    long now = clock.instant().toEpochMilli();
    return store
        .write(handle ->
            handle
                    .createUpdate(
                        """
                        UPDATE integration.delivery
                        SET state = 'PENDING', due_at_ms = :now, since_ms = :now
                        WHERE webhook = :webhook AND event = :event AND state <> 'DONE'
                        """)
                    .bind("now", now)
                    .bind("webhook", id)
                    .bind("event", event)
                    .execute()
                == 1)
        .onSuccess(_ -> news());
  }

  /// A page of what a webhook was told, newest first.
  ///
  /// @param page counted from 0
  public Future<List<Delivery>> deliveries(String id, int page, int size) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT * FROM integration.delivery WHERE webhook = :webhook
                ORDER BY created_at_ms DESC, event
                OFFSET :skip ROWS FETCH NEXT :size ROWS ONLY
                """)
            .bind("webhook", id)
            .bind("skip", (long) page * size)
            .bind("size", size)
            .map((row, _) -> delivery(row))
            .list());
  }

  /// How many deliveries of a webhook are in each state.
  public Future<Map<Delivery.State, Long>> counts(String id) {
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT state, COUNT(*) AS amount FROM integration.delivery
                WHERE webhook = :webhook GROUP BY state
                """)
            .bind("webhook", id)
            .map((row, _) ->
                Map.entry(Delivery.State.valueOf(row.getString("state")), row.getLong("amount")))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  void news() {
    listeners.forEach(Runnable::run);
  }

  // ---- for the courier

  Future<List<Due>> due(String id, int most) {
    long now = clock.instant().toEpochMilli();
    return store.read(handle ->
        handle
            .createQuery(
                """
                SELECT webhook, event, kind, body, since_ms, tries FROM integration.delivery
                WHERE webhook = :webhook AND state = 'PENDING' AND due_at_ms <= :now
                ORDER BY due_at_ms FETCH FIRST :most ROWS ONLY
                """)
            .bind("webhook", id)
            .bind("now", now)
            .bind("most", most)
            .map((row, _) ->
                new Due(
                    row.getString("webhook"),
                    row.getString("event"),
                    row.getString("kind"),
                    row.getString("body"),
                    Instant.ofEpochMilli(row.getLong("since_ms")),
                    row.getInt("tries")))
            .list());
  }

  /// Empty if the webhook is gone.
  Future<Optional<String>> secret(String id) {
    return store
        .read(handle ->
            handle
                .createQuery("SELECT sealed_secret FROM integration.webhook WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne())
        .map(found ->
            found.map(sealed ->
                new String(
                    seal.open(Base64.getDecoder().decode(sealed), context(id)),
                    StandardCharsets.UTF_8)));
  }

  /// Writes down what came of a try.
  ///
  /// @param taken whether the receiver has it
  Future<Boolean> tried(Due due, Instant at, boolean taken, String answer) {
    int tries = due.tries() + 1;
    Optional<Instant> next = taken ? Optional.empty() : Backoff.next(due.since(), at, tries);
    Delivery.State state =
        taken
            ? Delivery.State.DONE
            : next.isPresent() ? Delivery.State.PENDING : Delivery.State.GIVEN_UP;
    return store.write(handle ->
        handle
                .createUpdate(
                    """
                    UPDATE integration.delivery
                    SET state = :state, tries = :tries, due_at_ms = :due, last_answer = :answer,
                      last_at_ms = :at
                    WHERE webhook = :webhook AND event = :event AND state <> 'DONE'
                    """)
                .bind("state", state.name())
                .bind("tries", tries)
                .bind("due", next.orElse(at).toEpochMilli())
                .bind("answer", answer.substring(0, Math.min(answer.length(), LONGEST_ANSWER)))
                .bind("at", at.toEpochMilli())
                .bind("webhook", due.webhook())
                .bind("event", due.event())
                .execute()
            == 1);
  }

  /// Forgets what is over and old.
  ///
  /// @return how many
  Future<Integer> purge() {
    long before = clock.instant().minus(REMEMBERED).toEpochMilli();
    return store.write(handle ->
        handle
            .createUpdate(
                """
                DELETE FROM integration.delivery
                WHERE state <> 'PENDING' AND created_at_ms <= :before
                """)
            .bind("before", before)
            .execute());
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    return new Webhook(
        row.getString("id"),
        row.getString("url"),
        Arrays.stream(row.getString("events").split(" ", -1))
            .map(words -> EventKind.of(words).orElseThrow())
            .collect(Collectors.toSet()),
        Instant.ofEpochMilli(row.getLong("created_at_ms")),
        row.getString("created_by"));
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    Delivery.State state = Delivery.State.valueOf(row.getString("state"));
    return new Delivery(
        row.getString("event"),
        row.getString("kind"),
        state,
        Instant.ofEpochMilli(row.getLong("created_at_ms")),
        row.getInt("tries"),
        state == Delivery.State.PENDING ? Times.read(row, "due_at_ms") : Optional.empty(),
        row.getString("last_answer"),
        Times.read(row, "last_at_ms"));
  }
}
