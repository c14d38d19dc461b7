package kz.qonyrau.audit;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.store.Store;
import org.jdbi.v3.core.Handle;

/// One walk through the log from its first line to its last. Lines never change, so most of the
/// walk happens on a reader; only what came meanwhile, and the comparison with the end that the log
/// states, are done on the writer.
final class Examination {

  private static final int PAGE = 1000;

  private final Store store;
  private long lastLine;
  private String lastHash = Line.BEFORE_THE_FIRST;

  Examination(Store store) {
    this.store = store;
  }

  Future<AuditVerdict> run() {
    return store
        .read(this::walk)
        .compose(broken ->
            broken.isPresent() ? Future.succeededFuture(broken.get()) : store.write(this::finish));
  }

  private AuditVerdict finish(Handle handle) {
    return walk(handle)
        .or(() -> compareEnd(handle))
        .orElseGet(() -> new AuditVerdict.Sound(lastLine, lastHash));
  }

  private Optional<AuditVerdict> walk(Handle handle) {
    List<Line> page;
    do {
      page = Log.lines(handle, lastLine, PAGE);
      for (Line line : page) {
        Optional<String> wrong = wrongWith(line);
        if (wrong.isPresent()) {
          return Optional.of(new AuditVerdict.Broken(lastLine + 1, wrong.get()));
        }
        lastLine = line.line();
        lastHash = line.hash();
      }
    } while (page.size() == PAGE);
    return Optional.empty();
  }

  private Optional<String> wrongWith(Line line) {
    long expected = lastLine + 1;
    if (line.line() != expected) {
      return Optional.of("line " + expected + " is missing");
    }
    if (!line.previousHash().equals(lastHash)) {
      return Optional.of("line " + expected + " does not follow the line before it");
    }
    if (!line.computeHash().equals(line.hash())) {
      return Optional.of("line " + expected + " was changed");
    }
    return Optional.empty();
  }

  private Optional<AuditVerdict> compareEnd(Handle handle) {
    Log.Head head = Log.head(handle);
    if (head.line() > lastLine) {
      return Optional.of(
          new AuditVerdict.Broken(
              lastLine + 1, "the log had " + head.line() + " lines, the last are missing"));
    }
    if (head.line() < lastLine || !head.hash().equals(lastHash)) {
      return Optional.of(
          new AuditVerdict.Broken(
              Math.max(1, lastLine),
              "the log ends at line " + head.line() + " by its own account"));
    }
    return Optional.empty();
  }
}
