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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// The smallest client of Asterisk's manager interface that can place calls at a steady pace: one
/// socket, one reader, no state but counters. It is what a product cannot be cheaper than.
final class MinimalAmi {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  /// What a call may be short of its sound and still count as having played it: both moments are
  /// seen from outside, when their events arrive.
  private static final double TOLERANCE_SECONDS = 0.5;

  private MinimalAmi() {}

  /// @param talkSeconds of each call that was answered, from the answer to the end
  /// @param perSecond originates per second from the first to the last
  record Result(List<Double> talkSeconds, double perSecond) {

    /// How many calls were answered and lasted as long as their sound.
    int heardOut(double soundSeconds) {
      return (int)
          talkSeconds.stream().filter(talk -> talk > soundSeconds - TOLERANCE_SECONDS).count();
    }

    double meanTalkSeconds() {
      return talkSeconds.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
  }

  /// Calls each number once; the answered channel plays a sound and hangs up.
  ///
  /// @param trunk by which carrier, as Asterisk names it
  /// @param instance the instance directory, where the manager's port and password stand
  /// @param sound the sound's file without its ending
  static Result drive(Path instance, String trunk, List<String> numbers, Path sound, int perMinute)
      throws IOException {
    String manager = Files.readString(instance.resolve("etc/manager.conf"));
    String user = value(manager, "(?m)^\\[(?!general)([^\\]]+)\\]");
    String secret = value(manager, "(?m)^secret *=>? *(\\S+)");
    int port = Integer.parseInt(value(manager, "(?m)^port *=>? *(\\d+)"));
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      Calls calls = new Calls(numbers.size());
      Thread reader = Thread.ofPlatform().daemon().start(() -> read(socket, calls));
      OutputStream out = socket.getOutputStream();
      send(out, "Action: Login\r\nUsername: " + user + "\r\nSecret: " + secret + "\r\n\r\n");
      long pause = TimeUnit.MINUTES.toNanos(1) / perMinute;
      long begun = System.nanoTime();
      long next = begun;
      for (String number : numbers) {
        LockSupport.parkNanos(next - System.nanoTime());
        next += pause;
        String id = UUID.randomUUID().toString();
        calls.open.add(id);
        send(
            out,
            "Action: Originate\r\nChannel: PJSIP/"
                + number.substring(1)
                + "@"
                + trunk
                + "\r\nApplication: Playback\r\nData: "
                + sound
                + "\r\nTimeout: 20000\r\nAsync: true\r\nActionID: "
                + id
                + "\r\nChannelId: "
                + id
                + "\r\n\r\n");
      }
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (!calls.over.await(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException(calls.over.getCount() + " calls of the baseline did not end");
      }
      socket.shutdownInput();
      reader.join();
      return new Result(List.copyOf(calls.talkSeconds), (numbers.size() - 1) / seconds);
    } catch (InterruptedException failure) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", failure);
    }
  }

  private static final class Calls {
    final Set<String> open = ConcurrentHashMap.newKeySet();
    final CountDownLatch over;
    // The reader's own until it has ended.
    final Map<String, Long> answeredAt = new HashMap<>();
    final List<Double> talkSeconds = new ArrayList<>();

    Calls(int count) {
      over = new CountDownLatch(count);
    }

    void answered(String id) {
      answeredAt.put(id, System.nanoTime());
    }

    void ended(String id) {
      Long answer = answeredAt.remove(id);
      if (answer != null) {
        talkSeconds.add((System.nanoTime() - answer) / 1e9);
      }
      over.countDown();
    }
  }

  private static void send(OutputStream out, String action) throws IOException {
    out.write(action.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void read(Socket socket, Calls calls) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
      String event = "";
      String id = "";
      String action = "";
      String response = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          if (event.equals("Hangup") && calls.open.remove(id)) {
            calls.ended(id);
          } else if (event.equals("OriginateResponse") && calls.open.contains(action)) {
            if (response.equals("Success")) {
              calls.answered(action);
            } else if (calls.open.remove(action)) { // It may never have had a channel to hang up.
              calls.ended(action);
            }
          }
          action = "";
          event = "";
          id = "";
          response = "";
        } else if (line.startsWith("Event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("Uniqueid: ")) {
          id = line.substring(10);
        } else if (line.startsWith("ActionID: ")) {
          action = line.substring(10);
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
