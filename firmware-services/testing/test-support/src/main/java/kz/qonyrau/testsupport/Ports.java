package kz.qonyrau.testsupport;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/// Ports that nobody uses.
public final class Ports {

  // Above those that the kernel gives to whoever asks for any, so that no connection of another
  // test
  // takes one between here and its use.
  private static final int FIRST = 61_000;
  private static final int LAST = 65_500;
  private static final int TRIES = 1_000;

  private Ports() {}

  /// A port of the loopback interface that was free a moment ago, for TCP and for UDP.
  public static int free() {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from " + FIRST + " to " + LAST);
  }

  private static boolean isFree(int port) {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(port, 1, here);
        DatagramSocket udp = new DatagramSocket(port, here)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException _) {
      return false;
    }
  }
}
