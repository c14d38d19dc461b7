package kz.qonyrau.web;

import java.util.UUID;

/// Remembers what programs were answered, so that a request which is sent again because its answer
/// got lost does nothing twice. Asked on virtual threads; may block.
public interface Repetitions {

  /// What is to be done with a request.
  sealed interface Turn {

    /// Do it, then [#keep], [#letGo] or [#interrupted].
    ///
    /// @param seed what ids are made of; the same when a first attempt died on its way
    record First(UUID seed) implements Turn {}

    /// It was done before and answered like this.
    ///
    /// @param json empty where there was nothing to say
    record Again(int status, String json) implements Turn {}

    /// The name was used for another request.
    record Different() implements Turn {}

    /// The same is being done right now.
    record UnderWay() implements Turn {}
  }

  /// Nothing is remembered.
  Repetitions NONE =
      new Repetitions() {
        @Override
        public Turn begin(Program program, String name, String request) {
          return new Turn.First(UUID.randomUUID());
        }

        @Override
        public void keep(Program program, String name, int status, String json) {}

        @Override
        public void letGo(Program program, String name) {}

        @Override
        public void interrupted(Program program, String name) {}
      };

  /// Whose turn it is.
  ///
  /// @param name what the program calls the request, its `Idempotency-Key`
  /// @param request a hash of everything that was asked
  Turn begin(Program program, String name, String request);

  /// Keeps the answer of a first one.
  void keep(Program program, String name, int status, String json);

  /// Forgets a first one that was refused: it has changed nothing and may come again.
  void letGo(Program program, String name);

  /// A first one failed through our own fault, perhaps half-way: the next goes on from its seed.
  void interrupted(Program program, String name);
}
