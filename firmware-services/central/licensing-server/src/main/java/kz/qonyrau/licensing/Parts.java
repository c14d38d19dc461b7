package kz.qonyrau.licensing;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.store.Store;
import kz.qonyrau.store.StoreSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a program has opened, in order, to be closed in reverse.
final class Parts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  interface Closing<T> {
    void close(T part) throws Exception;
  }

  <T> T keep(T part, Closing<T> closing) {
    opened.push(() -> closing.close(part));
    return part;
  }

  Vertx vertx() {
    return keep(
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2)),
        vertx -> vertx.close().await(10, TimeUnit.SECONDS));
  }

  /// The database of the settings, or one in `data`.
  Store store(Path data, Settings settings, List<String> schemas) {
    return keep(
        Store.open(
            new StoreSettings(
                settings.database().orElse("jdbc:derby:" + data.resolve("database")),
                settings.readers(),
                settings.busyTimeout(),
                Optional.empty()),
            schemas),
        Store::close);
  }

  static void makePrivate(Path directory) {
    try {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the directory " + directory, e);
    }
  }

  /// A part that does not close is logged and does not keep the others from closing.
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception failure) {
        log.atWarn().setCause(failure).log("a part did not close in good order");
      }
    }
  }
}
