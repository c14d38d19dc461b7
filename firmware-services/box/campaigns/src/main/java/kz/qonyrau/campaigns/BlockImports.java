package kz.qonyrau.campaigns;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kz.qonyrau.vocabulary.Msisdn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Files of numbers that no campaign may reach (AC-CON-03), read as contact lists are.
///
/// A file is read to its end before the first number is added, so one that cannot be read, or is
/// too long, adds none. What is added is effective at once, in portions that let others write in
/// between; an import that was interrupted may be repeated, since a number is added once. Imports
/// run one after the other. How they went is kept in memory, of the newest [#KEPT]. May be used
/// from any thread.
public final class BlockImports implements AutoCloseable {

  /// The most rows of a file.
  public static final int MOST_ROWS = 100_000;

  /// So many refused rows are told with how an import stands.
  public static final int SHOWN = 20;

  /// Of so many imports it is known how they went.
  static final int KEPT = 2;

  /// What is kept of a refused row, so that it can be recognised.
  private static final int LONGEST_TEXT = 60;

  private static final Logger log = LoggerFactory.getLogger(BlockImports.class);

  private final Suppressions suppressions;
  private final KazakhNumbers numbers = new KazakhNumbers();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("block-import").factory());
  private final Map<String, Work> known = new LinkedHashMap<>();
  private volatile boolean closing;

  /// Imports of a box. They run on a thread of their own until [#close].
  public BlockImports(Suppressions suppressions) {
    this.suppressions = suppressions;
  }

  /// Begins to import a file. Repeating it finds the same import again, unless that FAILED, when it
  /// begins anew.
  ///
  /// @param ended told on the import's thread how it ended, just before [#find] says so; not where
  ///   nothing begins
  public BlockImport begin(BlockOrder order, Consumer<BlockImport> ended) {
    Work work;
    synchronized (known) {
      Work before = known.get(order.id());
      if (before != null && before.view().state() != BlockImport.State.FAILED) {
        return before.view();
      }
      known.remove(order.id());
      while (known.size() >= KEPT && forgetOne()) {
        // An older one is forgotten, and there may be more.
      }
      work = new Work(order, ended);
      known.put(order.id(), work);
    }
    thread.execute(work::run);
    return work.view();
  }

  private boolean forgetOne() {
    Optional<String> over =
        known.entrySet().stream()
            .filter(one -> one.getValue().view().state() != BlockImport.State.RUNNING)
            .map(Map.Entry::getKey)
            .findFirst();
    over.ifPresent(known::remove);
    return over.isPresent();
  }

  /// How an import stands; empty if it is not known, or not any more.
  public Optional<BlockImport> find(String id) {
    return work(id).map(Work::view);
  }

  /// The rows that were refused so far, by line; empty if the import is not known.
  public Optional<List<Reject>> rejects(String id) {
    return work(id).map(Work::rejects);
  }

  private Optional<Work> work(String id) {
    synchronized (known) {
      return Optional.ofNullable(known.get(id));
    }
  }

  /// Stops the import under way and waits for its thread.
  @Override
  public void close() {
    closing = true;
    thread.close();
  }

  private static final class CancelledException extends RuntimeException {

    private static final long serialVersionUID = 1;
  }

  /// Something that is done with each row but the header.
  private interface Taker {
    void take(Row row);
  }

  private final class Work {

    private final BlockOrder order;
    private final Consumer<BlockImport> ended;
    private final NumberSet seen = new NumberSet();
    private final List<Reject> rejects = new ArrayList<>();
    private List<Msisdn> waiting = new ArrayList<>();
    private BlockImport.State state = BlockImport.State.RUNNING;
    private Optional<String> failure = Optional.empty();
    private int rows;
    private int done;
    private int added;
    private int present;
    private int repeated;

    Work(BlockOrder order, Consumer<BlockImport> ended) {
      this.order = order;
      this.ended = ended;
    }

    synchronized BlockImport view() {
      return view(state, failure);
    }

    private BlockImport view(BlockImport.State how, Optional<String> why) {
      return new BlockImport(
          order.id(),
          order.list(),
          how,
          why,
          rows,
          done,
          added,
          present,
          repeated,
          rejects.size(),
          rejects.stream().limit(SHOWN).toList());
    }

    synchronized List<Reject> rejects() {
      return List.copyOf(rejects);
    }

    void run() {
      String code;
      try {
        code = read();
      } catch (CancelledException _) {
        code = "CANCELLED";
      } catch (UnreadableUploadException cause) {
        code = cause.code();
      } catch (IOException cause) {
        log.atWarn().setCause(cause).log("a file of numbers to be blocked is unreadable");
        code = "UNREADABLE";
      } catch (Throwable cause) { // await() rethrows the cause as it is.
        log.atWarn().setCause(cause).log("numbers of a file are blocked in part");
        code = "STORE_FAILED";
      }
      end(code.isEmpty() ? BlockImport.State.DONE : BlockImport.State.FAILED, code);
    }

    /// Says why it ended before the end of the file, or an empty text.
    private String read() throws IOException {
      int[] counted = {0};
      each(_ -> counted[0]++);
      if (counted[0] > MOST_ROWS) {
        return "TOO_MANY_ROWS";
      }
      synchronized (this) {
        rows = counted[0];
      }
      each(this::take);
      flush();
      return "";
    }

    private void end(BlockImport.State how, String code) {
      Optional<String> why = Optional.of(code).filter(text -> !text.isEmpty());
      waiting = List.of();
      try {
        ended.accept(view(how, why));
      } finally {
        synchronized (this) {
          state = how;
          failure = why;
        }
      }
    }

    private void each(Taker taker) throws IOException {
      try (UploadRows all = Upload.open(order.file(), order.form(), new AtomicLong())) {
        boolean header = order.header();
        int count = 0;
        for (Optional<Row> row = all.next(); row.isPresent(); row = all.next()) {
          if (closing) {
            throw new CancelledException();
          }
          if (header) {
            header = false;
            continue;
          }
          taker.take(row.get());
          // Whoever sends more is not read to the end.
          if (++count > MOST_ROWS) {
            return;
          }
        }
      }
    }

    private void take(Row row) {
      switch (row) {
        case Row.Broken(long line, String text, RejectCode code, String detail) ->
            reject(line, code, detail, text);
        case Row.Cells(long line, String text, List<String> cells) -> {
          String cell = order.column() < cells.size() ? cells.get(order.column()) : "";
          switch (numbers.read(cell)) {
            case NumberReading.NoNumber(RejectCode code, String detail) ->
                reject(line, code, detail, text);
            case NumberReading.Dialable(Msisdn number) -> {
              if (seen.add(number)) {
                waiting.add(number);
              } else {
                synchronized (this) {
                  repeated++;
                }
              }
            }
          }
        }
      }
      if (waiting.size() >= Suppressions.MOST_AT_ONCE) {
        flush();
      }
      synchronized (this) {
        done++;
      }
    }

    private synchronized void reject(long line, RejectCode code, String detail, String text) {
      boolean whole = text.length() <= LONGEST_TEXT;
      int end =
          whole
              ? text.length()
              : LONGEST_TEXT - (Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0);
      rejects.add(Reject.whole(line, code, detail, whole ? text : text.substring(0, end)));
    }

    private void flush() {
      if (waiting.isEmpty()) {
        return;
      }
      Suppressions.Added result =
          suppressions.add(waiting, order.list(), order.reason(), order.by()).await();
      waiting = new ArrayList<>();
      synchronized (this) {
        added += result.added();
        present += result.present();
      }
    }
  }
}
