package kz.qonyrau.web;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells open pages what has just changed, as server-sent events.
///
/// A page that does not keep up is cut off once 256 KiB wait for it; its browser connects again and
/// the page asks for everything anew, so nothing needs to be kept for it. Any thread may publish;
/// publishing never blocks.
public final class LiveUpdates implements AutoCloseable {

  /// What people of a role are told; empty means that they are not.
  @FunctionalInterface
  public interface View {
    Optional<Object> seenBy(String role);
  }

  static final int WAITING_BYTES_MAX = 256 * 1024;
  static final int PAGES_MAX = 200;

  private static final Logger log = LoggerFactory.getLogger(LiveUpdates.class);
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Vertx vertx;
  private final long heartbeat;
  private final Set<Page> pages = ConcurrentHashMap.newKeySet();

  public LiveUpdates(Vertx vertx) {
    this.vertx = vertx;
    this.heartbeat = vertx.setPeriodic(HEARTBEAT_MILLIS, _ -> beat());
  }

  /// Tells every page the same.
  public void publish(String event, Object value) {
    publish(event, _ -> Optional.of(value));
  }

  /// Tells each page what its role may see. The view is asked once for each role, and not at all
  /// while nobody looks.
  ///
  /// @param event the event's name, letters only
  public void publish(String event, View view) {
    if (pages.isEmpty()) {
      return;
    }
    Map<String, Optional<Buffer>> frames = new HashMap<>();
    for (Page page : pages) {
      frames
          .computeIfAbsent(page.role, role -> view.seenBy(role).map(value -> frame(event, value)))
          .ifPresent(page::send);
    }
  }

  /// Whether anybody looks, for publishers with something costly to say.
  public boolean isWatched() {
    return !pages.isEmpty();
  }

  int pageCount() {
    return pages.size();
  }

  /// Keeps a response open for events.
  ///
  /// @param mayStay asked at every heartbeat; false ends the stream
  /// @throws Problem 503 if 200 pages are open already
  void connect(HttpServerResponse response, String role, BooleanSupplier mayStay) {
    if (pages.size() >= PAGES_MAX) {
      throw Problem.busy();
    }
    response
        .setStatusCode(200)
        .putHeader("Content-Type", "text/event-stream; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        // A compressor would hold events back until it has enough of them.
        .putHeader("Content-Encoding", "identity")
        .setChunked(true);
    Page page = new Page(response, role, mayStay);
    pages.add(page);
    response.closeHandler(_ -> pages.remove(page));
    response.exceptionHandler(_ -> page.drop());
    page.send(Buffer.buffer("retry: 2000\nevent: hello\ndata: {}\n\n"));
  }

  private void beat() {
    for (Page page : pages) {
      if (page.mayStay.getAsBoolean()) {
        page.send(Buffer.buffer(":\n\n"));
      } else {
        page.drop();
      }
    }
  }

  private static Buffer frame(String event, Object value) {
    return Buffer.buffer("event: " + event + "\ndata: ")
        .appendBytes(Json.write(value))
        .appendString("\n\n");
  }

  @Override
  public void close() {
    vertx.cancelTimer(heartbeat);
    pages.forEach(Page::drop);
  }

  private final class Page {

    private final HttpServerResponse response;
    private final String role;
    private final BooleanSupplier mayStay;
    private final AtomicInteger waitingBytes = new AtomicInteger();
    private final AtomicBoolean dropped = new AtomicBoolean();

    Page(HttpServerResponse response, String role, BooleanSupplier mayStay) {
      this.response = response;
      this.role = role;
      this.mayStay = mayStay;
    }

    void send(Buffer frame) {
      if (dropped.get()) {
        return;
      }
      if (waitingBytes.addAndGet(frame.length()) > WAITING_BYTES_MAX) {
        log.atInfo().addKeyValue("waitingBytes", waitingBytes.get()).log("slow page cut off");
        drop();
        return;
      }
      response
          .write(frame)
          .onComplete(written -> {
            waitingBytes.addAndGet(-frame.length());
            if (written.failed()) {
              drop();
            }
          });
    }

    void drop() {
      if (dropped.compareAndSet(false, true)) {
        pages.remove(this);
        // Not an orderly end: what waits for a page that does not read would wait for ever.
        var _ = response.reset();
      }
    }
  }
}
