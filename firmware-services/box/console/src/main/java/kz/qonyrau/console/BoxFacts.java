package kz.qonyrau.console;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/// What does not change while the box runs.
///
/// @param name how the business calls it
/// @param version of the program
/// @param voices the names of the voices
/// @param data the directory whose volume is shown as storage
public record BoxFacts(
    String name, String version, Instant startedAt, List<String> voices, Path data) {

  public BoxFacts {
    voices = List.copyOf(voices);
  }
}
