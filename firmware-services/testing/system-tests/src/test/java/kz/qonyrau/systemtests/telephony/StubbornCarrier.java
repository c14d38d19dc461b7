package kz.qonyrau.systemtests.telephony;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A carrier that takes calls, and then does not do what SIP asks of it (RFC 3261), or does it too
/// late. It knows one call at a time and sends no sound.
final class StubbornCarrier implements AutoCloseable {

  /// What it does with a call.
  enum Manner {
    /// Opens the audio and says nothing more, not even what became of a call that is cancelled.
    IS_HEARD_AND_NEVER_ANSWERS,
    /// Rings, and lets the subscriber pick up in the moment in which the call is cancelled.
    ANSWERS_INTO_THE_CANCEL,
    /// Answers, and hears no goodbye.
    IGNORES_THE_BYE,
    /// Answers, and says goodbye as well, after the box has.
    SAYS_BYE_AFTER_THE_BYE,
    /// Answers, and asks for other audio in the middle of the call, twice at once.
    ASKS_AGAIN,
    /// Answers each question twice.
    STAMMERS
  }

  private final DatagramSocket socket;
  private final Manner manner;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private @Nullable String invite;
  private int questions = 100;

  StubbornCarrier(Manner manner) throws IOException {
    this.manner = manner;
    this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    var _ = Thread.ofPlatform().name("stubborn-carrier").daemon().start(this::serve);
  }

  int port() {
    return socket.getLocalPort();
  }

  /// How often it was told this.
  ///
  /// @param beginning of the request, or of the response to one of its own
  long told(String beginning) {
    return heard.stream().filter(text -> text.startsWith(beginning)).count();
  }

  private void serve() {
    byte[] buffer = new byte[65_535];
    while (!socket.isClosed()) {
      DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(packet);
        String text = new String(buffer, 0, packet.getLength(), US_ASCII);
        heard.add(text);
        take(text, packet.getSocketAddress());
      } catch (IOException _) {
        return; // Closed.
      }
    }
  }

  private void take(String text, SocketAddress box) throws IOException {
    switch (text.substring(0, Math.max(0, text.indexOf(' ')))) {
      case "OPTIONS" -> say(box, response(text, "200 OK", ""));
      case "INVITE" -> {
        invite = text;
        switch (manner) {
          case IS_HEARD_AND_NEVER_ANSWERS ->
              say(box, response(text, "183 Session Progress", audio()));
          case ANSWERS_INTO_THE_CANCEL -> say(box, response(text, "180 Ringing", ""));
          case STAMMERS -> {
            for (int i = 0; i < 2; i++) {
              say(box, response(text, "180 Ringing", ""));
              say(box, response(text, "200 OK", audio()));
            }
          }
          case IGNORES_THE_BYE, SAYS_BYE_AFTER_THE_BYE, ASKS_AGAIN ->
              say(box, response(text, "200 OK", audio()));
        }
      }
      case "CANCEL" -> {
        say(box, response(text, "200 OK", ""));
        if (manner == Manner.ANSWERS_INTO_THE_CANCEL && invite != null) {
          say(box, response(invite, "200 OK", audio()));
        }
      }
      case "ACK" -> {
        if (manner == Manner.ASKS_AGAIN && questions == 100) {
          say(box, request("INVITE", ++questions, audio()));
          say(box, request("INVITE", ++questions, audio()));
        }
      }
      case "BYE" -> {
        if (manner == Manner.IGNORES_THE_BYE) {
          return;
        }
        say(box, response(text, "200 OK", ""));
        if (manner == Manner.STAMMERS) {
          say(box, response(text, "200 OK", ""));
        }
        if (manner == Manner.SAYS_BYE_AFTER_THE_BYE) {
          say(box, request("BYE", ++questions, ""));
        }
      }
      case "SIP/2.0" -> {
        if (header(text, "CSeq").endsWith("INVITE") && text.startsWith("SIP/2.0 2")) {
          say(box, request("ACK", Integer.parseInt(header(text, "CSeq").split(" ", -1)[0]), ""));
        }
      }
      default -> {}
    }
  }

  private void say(SocketAddress box, String text) throws IOException {
    byte[] bytes = text.getBytes(US_ASCII);
    socket.send(new DatagramPacket(bytes, bytes.length, box));
  }

  private String contact() {
    return "Contact: <sip:carrier@127.0.0.1:" + port() + ">\r\n";
  }

  private String response(String request, String status, String body) {
    String kept =
        request
            .lines()
            .filter(line -> line.matches("(?i)(Via|From|Call-ID|CSeq):.*"))
            .collect(Collectors.joining("\r\n", "", "\r\n"));
    String to = header(request, "To");
    return "SIP/2.0 "
        + status
        + "\r\n"
        + kept
        + "To: "
        + (to.contains(";tag=") ? to : to + ";tag=stubborn")
        + "\r\n"
        + contact()
        + end(body);
  }

  /// A request of its own within the call.
  private String request(String method, int number, String body) {
    String call = invite == null ? "" : invite;
    String uri = header(call, "Contact").replaceAll(".*<(.*)>.*", "$1");
    return method
        + " "
        + uri
        + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"
        + port()
        + ";branch=z9hG4bK"
        + System.nanoTime()
        + "\r\nMax-Forwards: 70\r\nFrom: "
        + header(call, "To")
        + ";tag=stubborn\r\nTo: "
        + header(call, "From")
        + "\r\nCall-ID: "
        + header(call, "Call-ID")
        + "\r\nCSeq: "
        + number
        + " "
        + method
        + "\r\n"
        + contact()
        + end(body);
  }

  private static String end(String body) {
    return (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  /// Where nobody listens.
  private static String audio() {
    return """
    v=0
    o=- 1 1 IN IP4 127.0.0.1
    s=-
    c=IN IP4 127.0.0.1
    t=0 0
    m=audio 9 RTP/AVP 8
    a=rtpmap:8 PCMA/8000
    a=sendrecv
    """
        .replace("\n", "\r\n");
  }

  private static String header(String text, String name) {
    return text.lines()
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
