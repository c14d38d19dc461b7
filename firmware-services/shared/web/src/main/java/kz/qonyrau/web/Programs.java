package kz.qonyrau.web;

import java.util.Optional;

/// Which programs may come in with a key instead of a sign-in.
@FunctionalInterface
public interface Programs {

  /// Nobody comes in with a key.
  Programs NONE = _ -> Optional.empty();

  /// The program of a key; empty for one that never was or was revoked. Asked for each request on
  /// an event loop, so it answers from memory.
  Optional<Program> find(String secret);

  /// A program sent more than its key may, and was told to wait. Called for each such request on an
  /// event loop, so it must not block.
  default void hurried(Program program) {}
}
