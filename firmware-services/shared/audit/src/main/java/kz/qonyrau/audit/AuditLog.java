package kz.qonyrau.audit;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.store.Store;
import org.jdbi.v3.core.Handle;

/// Who did what, when and why (PLT-18, SH-ACC-09): lines that are only ever appended, each with the
/// hash of the one before it, so that [#verify] sees a line that was changed or taken away.
///
/// A line is written *before* what it tells of is done, and is on the disk when [#begin] completes:
/// nothing happens that the log does not know. What was refused after all, or failed, gets a second
/// line by [#end]. A line without one was done, or the program died in between.
///
/// Times are those of the box's clock; the order is that of the lines. May be used from any thread.
public final class AuditLog {

  private static final int PAGE_MAX = 1000;

  private final Store store;
  private final InstantSource clock;

  /// @param store with the schema AUDIT
  public AuditLog(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Writes down what is about to be done, and completes when that is durable.
  ///
  /// @return the line, for [#end]
  public Future<Long> begin(Act act) {
    return store.write(handle -> begin(handle, act));
  }

  /// As [#begin(Act)], inside the caller's transaction, for facts that must stand or fall together
  /// with their line.
  public long begin(Handle handle, Act act) {
    return append(
        handle,
        act.actor(),
        act.action().area().name(),
        act.action().name(),
        act.object(),
        act.reason(),
        act.detail(),
        0);
  }

  /// Writes down that something was not done.
  ///
  /// @param line what [#begin] answered
  /// @param ending the code of the refusal, or what is known of the failure
  /// @throws IllegalArgumentException in the future if there is no such line
  public Future<Void> end(long line, String ending) {
    return store
        .write(handle -> {
          Line begun =
              Log.line(handle, line)
                  .filter(found -> found.endsLine() == 0)
                  .orElseThrow(() -> new IllegalArgumentException("no line " + line + " to end"));
          return append(
              handle,
              begun.actor(),
              begun.area(),
              begun.action(),
              begun.object(),
              "",
              AuditText.line(ending, 500),
              line);
        })
        .mapEmpty();
  }

  private long append(
      Handle handle,
      Actor actor,
      String area,
      String action,
      String object,
      String reason,
      String detail,
      long endsLine) {
    Log.Head head = Log.head(handle);
    Line line =
        new Line(
                Math.addExact(head.line(), 1),
                clock.instant().toEpochMilli(),
                actor,
                area,
                action,
                object,
                reason,
                detail,
                endsLine,
                head.hash(),
                "")
            .sealed();
    Log.append(handle, head, line);
    return line.line();
  }

  /// What was done, newest first.
  ///
  /// @param before only lines before this one: the last of the page before
  /// @param size at most so many, 1 to 1000
  public Future<List<AuditEntry>> entries(AuditFilter filter, Optional<Long> before, int size) {
    if (size < 1 || size > PAGE_MAX) {
      throw new IllegalArgumentException("size: 1 to " + PAGE_MAX + ", not " + size);
    }
    return store.read(handle -> {
      List<Line> lines = Log.lines(handle, filter, before.orElse(Long.MAX_VALUE), size);
      Map<Long, String> endings = Log.endings(handle, lines);
      return lines.stream()
          .map(line -> line.entry(Optional.ofNullable(endings.get(line.line()))))
          .toList();
    });
  }

  /// Recomputes every line's hash from the first on. Takes about a second for each hundred thousand
  /// lines; the writer is held up only for the last few.
  public Future<AuditVerdict> verify() {
    return new Examination(store).run();
  }
}
