package kz.qonyrau.web;

import java.nio.file.Path;
import java.util.Optional;

/// How a door is opened.
///
/// @param host the address to listen on
/// @param port 0 to 65535; zero means any free one
/// @param uploads a directory of our own for files on their way in; emptied at every start
/// @param pages the built pages, served at `/`
/// @param secureCookie whether browsers may send the cookie over TLS only
/// @param firstPasswordMayStay for rehearsals: whoever still has the first password may work
public record DoorSettings(
    String host,
    int port,
    Path uploads,
    Optional<Path> pages,
    boolean secureCookie,
    boolean firstPasswordMayStay) {

  public DoorSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("not a port: " + port);
    }
  }
}
