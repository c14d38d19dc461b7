package kz.qonyrau.web;

/// Does one operation of a contract. Runs on a virtual thread of its own and may `await()`; must
/// not hold a lock while it does.
@FunctionalInterface
public interface Endpoint {

  /// Answers, or refuses.
  ///
  /// @throws Problem to refuse; anything else thrown is our own fault and becomes a 500
  Answer answer(Asked asked) throws Exception;
}
