package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.Msisdn;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One import under way: reads rows, writes them in batches, and makes the list READY with the last
/// one. Of rows with the same number the first wins as a whole, so that a value never comes from
/// another row than its neighbours. A further number that cannot be called, or that a row before
/// has, is left out and reported; its row is taken without it.
final class ListImport {

  private static final Logger log = LoggerFactory.getLogger(ListImport.class);

  /// Contacts, duplicates and rejects together. More are a mistake, and would take memory.
  static final int MOST_ROWS = 1_000_000;

  static final int LONGEST_VALUE = 1000;
  static final int LONGEST_VALUES = 4000;

  /// Batches on their way to the disk while the next is read.
  private static final int AHEAD = 2;

  private final Store store;
  private final KazakhNumbers numbers;
  private final long listNo;
  private final ImportRequest request;
  private final Consumer<Handle> alongReady;
  private final Runnable onProgress;
  private int width;
  private final int numberIndex;
  private final int[] otherIndexes;
  private final int[] variableIndexes;
  private final AtomicLong bytesRead = new AtomicLong();
  private final NumberSet seen = new NumberSet();
  private final NumberSet seenOthers = new NumberSet();
  private final Deque<Future<Boolean>> underWay = new ArrayDeque<>();
  private final List<Runnable> endListeners = new ArrayList<>();
  private volatile boolean cancelled;
  private boolean over;
  private boolean widthIsKnown;

  private List<ListTable.NewContact> contacts = new ArrayList<>();
  private List<ListTable.NewReject> rejects = new ArrayList<>();
  private int contactCount;
  private int duplicateCount;
  private int rejectCount;
  private int otherCount;
  private int leftOutCount;

  ListImport(
      Store store,
      KazakhNumbers numbers,
      long listNo,
      ImportRequest request,
      Consumer<Handle> alongReady,
      Runnable onProgress) {
    this.store = store;
    this.numbers = numbers;
    this.listNo = listNo;
    this.request = request;
    this.alongReady = alongReady;
    this.onProgress = onProgress;
    this.numberIndex = request.options().numberIndex();
    this.otherIndexes = request.options().otherNumberIndexes();
    this.variableIndexes =
        request.options().variableColumns().stream().mapToInt(Column::index).toArray();
    this.width = request.options().columns().stream().mapToInt(Column::index).max().orElse(0) + 1;
  }

  void cancel() {
    cancelled = true;
  }

  void onEnd(Runnable listener) {
    synchronized (endListeners) {
      if (!over) {
        endListeners.add(listener);
        return;
      }
    }
    listener.run();
  }

  void ended() {
    List<Runnable> told;
    synchronized (endListeners) {
      over = true;
      told = List.copyOf(endListeners);
    }
    told.forEach(Runnable::run);
  }

  void run() {
    String failure;
    try {
      purge();
      failure = read();
      while (!underWay.isEmpty()) {
        var _ = underWay.removeFirst().await();
      }
      if (failure.isEmpty()) {
        var _ = write("READY", "").await();
        return;
      }
    } catch (UnreadableUploadException cause) {
      log.atWarn().addKeyValue("list", request.list()).setCause(cause).log("upload is unreadable");
      failure = cause.code();
    } catch (IOException cause) {
      log.atWarn().addKeyValue("list", request.list()).setCause(cause).log("upload is unreadable");
      failure = "UNREADABLE";
    } catch (Throwable cause) { // await() rethrows the cause as it is.
      log.atWarn().addKeyValue("list", request.list()).setCause(cause).log("import failed");
      failure = "STORE_FAILED";
    }
    fail(failure);
  }

  private void fail(String failure) {
    contacts = new ArrayList<>();
    try {
      for (Future<Boolean> write : underWay) {
        var _ = write.otherwise(false).await();
      }
      underWay.clear();
      var _ = write("FAILED", failure).await();
    } catch (Throwable cause) {
      // The list stays IMPORTING, shows nothing, and is closed at the next start.
      log.atError()
          .addKeyValue("list", request.list())
          .addKeyValue("failure", failure)
          .setCause(cause)
          .log("cannot write down that an import failed");
    }
  }

  private void purge() {
    while (store.write(handle -> ListTable.purgeSome(handle, listNo)).await()) {
      // Some rows of an earlier import are gone, and there may be more.
    }
  }

  /// Reads to the end, and says why it ended before the end of the file, or an empty text
  private String read() throws IOException {
    ImportOptions options = request.options();
    try (UploadRows rows = Upload.open(request.file(), options.form(), bytesRead)) {
      boolean header = options.header();
      Optional<Row> row = rows.next();
      if (row.isEmpty()) {
        return "UNREADABLE";
      }
      while (row.isPresent()) {
        if (cancelled) {
          return "CANCELLED";
        }
        if (row.get() instanceof Row.Cells cells && !widthIsKnown) {
          widthIsKnown = true;
          width = Math.max(width, cells.cells().size());
        }
        if (header) {
          header = false;
        } else {
          take(row.get());
        }
        if (contactCount + duplicateCount + rejectCount > MOST_ROWS) {
          return "TOO_MANY_ROWS";
        }
        if (contacts.size() + rejects.size() >= ListTable.BATCH) {
          flush(rows.linesRead());
        }
        row = rows.next();
      }
      flush(rows.linesRead());
      return "";
    }
  }

  private void take(Row row) {
    switch (row) {
      case Row.Broken(long line, String text, RejectCode code, String detail) ->
          reject(Reject.whole(line, code, detail, text));
      case Row.Cells cells -> take(cells);
    }
  }

  private void take(Row.Cells row) {
    List<String> cells = row.cells();
    for (int i = width; i < cells.size(); i++) {
      // Empty cells at the end are what spreadsheets leave of deleted columns.
      if (!cells.get(i).isEmpty()) {
        reject(
            Reject.whole(
                row.line(),
                RejectCode.TOO_MANY_COLUMNS,
                "The row has " + cells.size() + " cells, the list " + width + " columns.",
                row.text()));
        return;
      }
    }
    switch (numbers.read(cell(row, numberIndex))) {
      case NumberReading.NoNumber(var code, var detail) ->
          reject(Reject.whole(row.line(), code, detail, row.text()));
      case NumberReading.Dialable(var number) -> {
        List<String> values = new ArrayList<>(variableIndexes.length);
        for (int index : variableIndexes) {
          values.add(cell(row, index));
        }
        String written = Variables.write(values);
        if (written.length() > LONGEST_VALUES
            || values.stream().anyMatch(value -> value.length() > LONGEST_VALUE)) {
          reject(
              Reject.whole(
                  row.line(),
                  RejectCode.VALUE_TOO_LONG,
                  "A value has at most "
                      + LONGEST_VALUE
                      + " characters, all values of a row about "
                      + LONGEST_VALUES
                      + ".",
                  row.text()));
        } else if (seen.add(number)) {
          contactCount++;
          contacts.add(
              new ListTable.NewContact(contactCount, number, others(row, number), written));
        } else {
          duplicateCount++;
        }
      }
    }
  }

  private static String cell(Row.Cells row, int index) {
    return index < row.cells().size() ? row.cells().get(index) : "";
  }

  /// Where else the contact of a row can be reached.
  private List<Msisdn> others(Row.Cells row, Msisdn first) {
    List<Msisdn> others = new ArrayList<>();
    for (int index : otherIndexes) {
      if (cell(row, index).isBlank()) {
        continue;
      }
      switch (numbers.read(cell(row, index))) {
        case NumberReading.NoNumber(var code, var detail) -> leaveOut(row, index, code, detail);
        case NumberReading.Dialable(var number) -> {
          if (number.equals(first) || others.contains(number)) {
            continue;
          }
          if (seen.contains(number) || !seenOthers.add(number)) {
            leaveOut(row, index, RejectCode.REPEATED_NUMBER, "A row before has this number.");
          } else {
            others.add(number);
          }
        }
      }
    }
    otherCount += others.size();
    return others;
  }

  private void leaveOut(Row.Cells row, int index, RejectCode code, String detail) {
    leftOutCount++;
    add(new Reject(row.line(), code, "Column " + (index + 1) + ": " + detail, row.text(), true));
  }

  private void reject(Reject reject) {
    rejectCount++;
    add(reject);
  }

  private void add(Reject reject) {
    rejects.add(new ListTable.NewReject(rejectCount + leftOutCount, reject));
  }

  private ListTable.Counts counts(long linesRead) {
    return new ListTable.Counts(
        contactCount,
        duplicateCount,
        rejectCount,
        otherCount,
        leftOutCount,
        linesRead,
        bytesRead.get());
  }

  private void flush(long linesRead) {
    List<ListTable.NewContact> someContacts = contacts;
    List<ListTable.NewReject> someRejects = rejects;
    ListTable.Counts counts = counts(linesRead);
    contacts = new ArrayList<>();
    rejects = new ArrayList<>();
    while (underWay.size() >= AHEAD) {
      var _ = underWay.removeFirst().await();
    }
    underWay.addLast(
        store.write(handle -> {
          ListTable.addContacts(handle, listNo, request.options().consent(), someContacts);
          ListTable.addRejects(handle, listNo, someRejects);
          ListTable.count(handle, listNo, counts);
          return true;
        }));
    onProgress.run();
  }

  private Future<Boolean> write(String state, String failure) {
    return store.write(handle -> {
      ListTable.setState(handle, listNo, state, failure);
      if (state.equals("READY")) {
        alongReady.accept(handle);
      }
      return true;
    });
  }
}
