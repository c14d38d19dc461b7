package kz.qonyrau.integrations;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import kz.qonyrau.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Carries what [Webhooks] is to be told to those who receive it.
///
/// A receiver that answers with 2xx has the event, and gets it never again; only if the box dies
/// between that answer and writing it down, the same event comes again under the same id. Each
/// receiver is told a few events at a time, so that one that hangs holds up nobody else.
public final class Courier implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  static final int AT_A_TIME = 4;
  private static final long LOOK_MILLIS = 500;

  private final Vertx vertx;
  private final Store store;
  private final Webhooks webhooks;
  private final InstantSource clock;
  private final Duration patience;
  private final HttpClient http;
  private final List<Follower> followers = new CopyOnWriteArrayList<>();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("courier-", 0).factory());
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean lookAgain = new AtomicBoolean();

  /// What is being told, by webhook and event; what was answered and could not be written down yet
  /// stays, with its answer.
  private final Map<String, Optional<Told>> underWay = new ConcurrentHashMap<>();

  private volatile long timer = -1;

  private record Told(Webhooks.Due due, Instant at, boolean taken, String answer) {}

  Courier(Vertx vertx, Store store, Webhooks webhooks, InstantSource clock, Duration patience) {
    this.vertx = vertx;
    this.store = store;
    this.webhooks = webhooks;
    this.clock = clock;
    this.patience = patience;
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(patience.toMillis()))
                .setMaxHeaderSize(16 * 1024),
            new PoolOptions().setHttp1MaxSize(AT_A_TIME));
  }

  /// Follows the rows of a source from now on.
  public void follow(EventSource source) {
    followers.add(new Follower(store, webhooks, source));
  }

  /// Begins to carry.
  public void start() {
    webhooks.onNews(this::look);
    timer = vertx.setPeriodic(LOOK_MILLIS, _ -> look());
  }

  /// Looks for what is due, now or as soon as the look under way is over.
  public void look() {
    lookAgain.set(true);
    if (looking.compareAndSet(false, true)) {
      try {
        threads.execute(this::lookAround);
      } catch (RejectedExecutionException closing) {
        log.atDebug().log("the courier goes home");
      }
    }
  }

  private void lookAround() {
    try {
      while (lookAgain.getAndSet(false)) {
        for (Follower follower : followers) {
          var _ = follower.follow();
        }
        writeDownWhatWaits();
        for (Webhook webhook : webhooks.all()) {
          send(webhook);
        }
      }
    } catch (Throwable failure) { // await() rethrows the cause as it is.
      if (!threads.isShutdown()) {
        log.atWarn().setCause(failure).log("could not look for what webhooks are to be told");
      }
    } finally {
      looking.set(false);
    }
  }

  private void writeDownWhatWaits() {
    underWay.values().forEach(told -> told.ifPresent(this::writeDown));
  }

  private void send(Webhook webhook) {
    String prefix = webhook.id() + "/";
    Set<String> busy =
        underWay.keySet().stream()
            .filter(key -> key.startsWith(prefix))
            .collect(Collectors.toUnmodifiableSet());
    int room = AT_A_TIME - busy.size();
    if (room <= 0) {
      return;
    }
    // Those under way are still due, so as many more are asked for. What is read as due may be over
    // by the time it is looked at, and is not begun again for that.
    List<Webhooks.Due> due = webhooks.due(webhook.id(), AT_A_TIME + room).await();
    if (due.isEmpty()) {
      return;
    }
    Optional<String> secret = webhooks.secret(webhook.id()).await();
    if (secret.isEmpty()) {
      return;
    }
    for (Webhooks.Due one : due) {
      String key = key(one);
      if (room > 0 && !busy.contains(key) && underWay.putIfAbsent(key, Optional.empty()) == null) {
        room--;
        threads.execute(() -> carry(webhook, one, secret.get()));
      }
    }
  }

  private static String key(Webhooks.Due due) {
    return due.webhook() + "/" + due.event();
  }

  private void carry(Webhook webhook, Webhooks.Due due, String secret) {
    Told told;
    try {
      int status = post(URI.create(webhook.url()), due, secret);
      told = new Told(due, clock.instant(), status >= 200 && status < 300, "HTTP " + status);
    } catch (Throwable failure) { // await() rethrows the cause as it is.
      told = new Told(due, clock.instant(), false, words(failure));
    }
    if (!told.taken) {
      log.atInfo()
          .addKeyValue("webhook", due.webhook())
          .addKeyValue("event", due.event())
          .addKeyValue("tries", due.tries() + 1)
          .addKeyValue("answer", told.answer)
          .log("a webhook was not told");
    }
    underWay.put(key(due), Optional.of(told));
    writeDown(told);
    look();
  }

  /// What was answered is kept until it is written down, so that nobody is told again meanwhile.
  private void writeDown(Told told) {
    try {
      var _ = webhooks.tried(told.due, told.at, told.taken, told.answer).await();
      var _ = underWay.remove(key(told.due));
    } catch (Throwable failure) { // await() rethrows the cause as it is.
      if (!threads.isShutdown()) {
        log.atWarn()
            .addKeyValue("webhook", told.due.webhook())
            .setCause(failure)
            .log("what a webhook's receiver answered is not written down yet");
      }
    }
  }

  private static String words(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "no answer in time";
    }
    if (failure instanceof UnknownHostException) {
      return "the host is unknown";
    }
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }

  private int post(URI url, Webhooks.Due due, String secret) throws Exception {
    InetAddress address = address(url.getHost());
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            // To the very address that was looked at, and not to what its name says by then.
            .setServer(
                SocketAddress.inetSocketAddress(WebhookUrl.port(url), address.getHostAddress()))
            .setHost(url.getHost())
            .setPort(WebhookUrl.port(url))
            .setSsl(WebhookUrl.isSecure(url))
            .setURI(WebhookUrl.target(url))
            .putHeader("Content-Type", "application/json")
            .putHeader("User-Agent", "Qonyrau-Webhook/1")
            .putHeader("X-Qonyrau-Event", due.kind())
            .putHeader("X-Qonyrau-Event-Id", due.event())
            .putHeader("X-Qonyrau-Timestamp", timestamp)
            .putHeader("X-Qonyrau-Signature", Signature.of(secret, timestamp, due.body()));
    AtomicReference<Optional<HttpClientRequest>> begun = new AtomicReference<>(Optional.empty());
    try {
      return http.request(options)
          .compose(request -> {
            begun.set(Optional.of(request));
            return request.send(Buffer.buffer(due.body()));
          })
          .map(response -> {
            response.exceptionHandler(_ -> {});
            return response.statusCode();
          })
          .await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      // Nobody reads what else it says, however long that is.
      begun
          .get()
          .ifPresent(request -> {
            var _ = request.reset();
          });
    }
  }

  private InetAddress address(String host) throws UnknownHostException {
    InetAddress[] all = InetAddress.getAllByName(host);
    for (InetAddress address : all) {
      if (!webhooks.localMayReceive() && WebhookUrl.isForbidden(address)) {
        throw new UnknownHostException("the host is this machine");
      }
    }
    return all[0];
  }

  /// Stops. What is under way is told again after the next start, unless its answer was written
  /// down.
  @Override
  public void close() {
    vertx.cancelTimer(timer);
    threads.shutdownNow();
    var _ = http.close();
  }
}
