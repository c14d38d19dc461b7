package kz.qonyrau.console;

import java.nio.file.Path;
import java.time.Instant;

/// What does not change while the box runs.
///
/// @param name how the business calls it
/// @param version of the program
/// @param data the directory whose volume is shown as storage
public record BoxFacts(String name, String version, Instant startedAt, Path data) {}
