package kz.qonyrau.systemtests.telephony;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/// A carrier that says it is there and takes registrations, and then lets no call through, in one
/// way or another.
final class HostileCarrier implements AutoCloseable {

  /// What it does with calls.
  enum Manner {
    FAILS("503 Service Unavailable"),
    TIMES_OUT("504 Server Time-out"),
    FORBIDS("403 Forbidden"),
    REDIRECTS("302 Moved Temporarily"),
    /// Whatever the password.
    WANTS_A_PASSWORD("401 Unauthorized"),
    KNOWS_NO_CODEC("488 Not Acceptable Here"),
    SAYS_NOTHING("");

    private final String status;

    Manner(String status) {
      this.status = status;
    }
  }

  private final DatagramSocket socket;
  private final Manner manner;
  private final List<String> invited = new CopyOnWriteArrayList<>();
  private volatile boolean answersOptions = true;

  HostileCarrier(Manner manner) throws IOException {
    this.manner = manner;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    var _ = Thread.ofPlatform().name("hostile-carrier").daemon().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// The call ids of all that it was asked to put through; a repeated question counts once.
  List<String> invited() {
    return invited.stream().distinct().toList();
  }

  void answersOptions(boolean does) {
    answersOptions = does;
  }

  private void serve() {
    byte[] buffer = new byte[65_535];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        answer(packet, new String(buffer, 0, packet.getLength(), US_ASCII));
      } catch (IOException _) {
        return; // Closed.
      }
    }
  }

  private void answer(DatagramPacket packet, String request) throws IOException {
    String method = request.substring(0, Math.max(0, request.indexOf(' ')));
    String status =
        switch (method) {
          case "OPTIONS" -> answersOptions ? "200 OK" : "";
          case "REGISTER", "CANCEL" -> "200 OK";
          case "INVITE" -> {
            invited.add(header(request, "Call-ID"));
            yield manner.status;
          }
          default -> "";
        };
    if (!status.isEmpty()) {
      byte[] response = response(request, status).getBytes(US_ASCII);
      socket.send(new DatagramPacket(response, response.length, packet.getSocketAddress()));
    }
  }

  private String response(String request, String status) {
    StringBuilder text = new StringBuilder("SIP/2.0 " + status + "\r\n");
    text.append(
        request
            .lines()
            .filter(line -> line.matches("(?i)(Via|From|Call-ID|CSeq|Contact|Expires):.*"))
            .filter(line -> !line.startsWith("Contact") || request.startsWith("REGISTER"))
            .collect(Collectors.joining("\r\n", "", "\r\n")));
    text.append("To: ").append(header(request, "To")).append(";tag=hostile\r\n");
    if (status.startsWith("401")) {
      text.append("WWW-Authenticate: Digest realm=\"nowhere\", nonce=\"")
          .append(System.nanoTime())
          .append("\", algorithm=MD5\r\n");
    }
    if (status.startsWith("302")) {
      text.append("Contact: <sip:77999999999@127.0.0.1:").append(port()).append(">\r\n");
    }
    return text.append("Content-Length: 0\r\n\r\n").toString();
  }

  private static String header(String request, String name) {
    return request
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse("");
  }

  @Override
  public void close() {
    socket.close();
  }
}
