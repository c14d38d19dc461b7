package kz.qonyrau.appliance;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the box has opened, in order, to be closed in reverse.
final class Parts {

  private static final Logger log = LoggerFactory.getLogger(Parts.class);

  /// The newest first.
  private final Deque<Part> opened = new ArrayDeque<>();

  private record Part(String name, AutoCloseable closing) {}

  /// How a part is closed.
  @FunctionalInterface
  interface Closing<T> {
    void close(T part) throws Exception;
  }

  /// Keeps a part until everything is closed.
  ///
  /// @param name for the log
  /// @return the part
  <T> T keep(String name, T part, Closing<T> closing) {
    opened.push(new Part(name, () -> closing.close(part)));
    return part;
  }

  /// Closes everything, newest first. A part that fails to close does not keep the others open.
  void close() {
    while (!opened.isEmpty()) {
      Part part = opened.pop();
      try {
        part.closing().close();
      } catch (Exception failure) {
        log.atError()
            .addKeyValue("part", part.name())
            .setCause(failure)
            .log("did not close in good order");
      }
    }
  }
}
