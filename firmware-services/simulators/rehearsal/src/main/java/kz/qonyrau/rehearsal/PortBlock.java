package kz.qonyrau.rehearsal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Blocks of ports, each for one stage at a time.
///
/// A stage opens its ports one after the other, some of them seconds after it was started, so that
/// looking whether a port is free is not enough: a block is taken by locking a file, which the
/// system gives back however the program ends.
final class PortBlock {

  static final int SPAN = 3000;

  /// The blocks lie below the range from which Linux gives out ports by itself.
  private static final int FIRST = 10_000;

  private static final int BLOCKS = 7;

  private static final Map<Integer, FileChannel> HELD = new ConcurrentHashMap<>();

  private PortBlock() {}

  /// Takes a block and returns its first port.
  ///
  /// @throws IllegalStateException if all blocks are taken
  static int reserve() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int turn = 0; turn < BLOCKS; turn++) {
      int base = FIRST + (start + turn) % BLOCKS * SPAN;
      // The port is looked at, too: another user's stage, or a stranger, may be there.
      if (isFree(base) && take(base)) {
        return base;
      }
    }
    throw new IllegalStateException(
        "all " + BLOCKS + " blocks of ports below 31000 are taken; stop another run-here first");
  }

  /// Takes what lies in [#SPAN] ports that somebody chose, so that no stage with free ports moves
  /// in there. Returns whether no other stage holds any of it; if one does, nothing is taken.
  static boolean claim(int first) {
    for (int base : touched(first)) {
      if (!take(base)) {
        release(first);
        return false;
      }
    }
    return true;
  }

  /// Gives back what [#reserve] or [#claim] took. Without effect if nothing is held.
  static void release(int first) {
    for (int base : touched(first)) {
      FileChannel lock = HELD.remove(base);
      if (lock != null) {
        close(lock);
      }
    }
  }

  private static List<Integer> touched(int first) {
    return IntStream.range(0, BLOCKS)
        .map(block -> FIRST + block * SPAN)
        .filter(base -> base < first + SPAN && first < base + SPAN)
        .boxed()
        .toList();
  }

  private static boolean take(int base) {
    FileChannel lock = lock(base);
    if (lock == null) {
      return false;
    }
    HELD.put(base, lock);
    return true;
  }

  private static @Nullable FileChannel lock(int base) {
    Path file =
        Path.of(
            System.getProperty("java.io.tmpdir"),
            "qonyrau-ports-" + base + "-" + System.getProperty("user.name") + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locks(channel)) {
        return channel;
      }
      channel.close();
      return null;
    } catch (IOException failure) {
      throw new IllegalStateException("cannot lock " + file, failure);
    }
  }

  private static boolean locks(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      return false; // Another stage of this program has it.
    }
  }

  /// Whether nothing listens on a port of loopback.
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void close(FileChannel lock) {
    try {
      lock.close();
    } catch (IOException failure) {
      throw new IllegalStateException("cannot give back a block of ports", failure);
    }
  }
}
