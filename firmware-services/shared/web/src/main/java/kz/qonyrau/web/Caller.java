package kz.qonyrau.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who sends a request: somebody who is signed in, a program with a key, or nobody we know.
///
/// @param token of the session; null for programs
record Caller(@Nullable Person person, @Nullable String token, Optional<Program> program) {

  static final Caller NOBODY = new Caller(null, null, Optional.empty());

  static Caller of(Program program) {
    return new Caller(program.owner(), null, Optional.of(program));
  }
}
