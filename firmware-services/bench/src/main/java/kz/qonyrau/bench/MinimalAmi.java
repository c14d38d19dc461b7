package kz.qonyrau.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// The smallest client of Asterisk's manager interface that can place calls at a steady pace: one
/// socket, one reader, no state but counters. It is what a product cannot be cheaper than.
final class MinimalAmi {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private MinimalAmi() {}

  /// @param answered calls that were answered
  /// @param perSecond originates per second from the first to the last
  record Result(int answered, double perSecond) {}

  /// Calls each number once; the answered channel plays a prompt of Asterisk's own and hangs up.
  ///
  /// @param instance the instance directory, where the manager's port and password stand
  static Result drive(Path instance, List<String> numbers, int perMinute) throws IOException {
    String manager = Files.readString(instance.resolve("etc/manager.conf"));
    String user = value(manager, "(?m)^\\[(?!general)([^\\]]+)\\]");
    String secret = value(manager, "(?m)^secret *=>? *(\\S+)");
    int port = Integer.parseInt(value(manager, "(?m)^port *=>? *(\\d+)"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Set<String> open = ConcurrentHashMap.newKeySet();
      AtomicInteger answered = new AtomicInteger();
      CountDownLatch over = new CountDownLatch(numbers.size());
      Thread reader = Thread.ofPlatform().daemon().start(() -> read(socket, open, answered, over));
      OutputStream out = socket.getOutputStream();
      send(out, "Action: Login\r\nUsername: " + user + "\r\nSecret: " + secret + "\r\n\r\n");
      long pause = TimeUnit.MINUTES.toNanos(1) / perMinute;
      long begun = System.nanoTime();
      long next = begun;
      for (String number : numbers) {
        LockSupport.parkNanos(next - System.nanoTime());
        next += pause;
        String id = UUID.randomUUID().toString();
        open.add(id);
        send(
            out,
            "Action: Originate\r\nChannel: PJSIP/"
                + number.substring(1)
                + "@trunk\r\nApplication: Playback\r\nData: vm-goodbye\r\nTimeout: 20000\r\n"
                + "Async: true\r\nChannelId: "
                + id
                + "\r\n\r\n");
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (!over.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(over.getCount() + " calls of the baseline did not end");
      }
      socket.shutdownInput();
      reader.join();
      return new Result(answered.get(), (numbers.size() - 1) / seconds);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", failure);
    }
  }

  private static void send(OutputStream out, String action) throws IOException {
    out.write(action.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void read(
      Socket socket, Set<String> open, AtomicInteger answered, CountDownLatch over) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String event = "";
      String id = "";
      String response = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (event.equals("Hangup") && open.remove(id)) {
            over.countDown();
          } else if (event.equals("OriginateResponse")
              && open.contains(id)
              && response.equals("Success")) {
            answered.incrementAndGet();
          }
          event = "";
          id = "";
          response = "";
        } else if (line.startsWith("Event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("Uniqueid: ")) {
          id = line.substring(10);
        } else if (line.startsWith("Response: ")) {
          response = line.substring(10);
        }
      }
    } catch (IOException _) {
      // The socket was closed: the run is over, or the caller's wait will say that it is not.
    }
  }

  private static String value(String text, String pattern) throws IOException {
    var matcher = java.util.regex.Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) {
      throw new IOException("manager.conf has no " + pattern);
    }
    return matcher.group(1);
  }
}
