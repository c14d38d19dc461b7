package kz.qonyrau.billing;

/// What became of a decision over a proposal. Only [Decided] has changed anything.
public sealed interface DecisionResult {

  /// Decided, and if it was approved, carried out.
  record Decided(Proposal proposal) implements DecisionResult {}

  /// Who proposed it may not approve or reject it; who did not may not withdraw it.
  record WrongPerson(String proposedBy) implements DecisionResult {}

  /// It was decided before.
  record NotOpen(Proposal.State state) implements DecisionResult {}

  record NoSuchProposal() implements DecisionResult {}

  /// Approved, but it cannot be carried out, so it stays open.
  ///
  /// @param code for programs: `NO_SUCH_POSTING`, `NOT_REVERSIBLE`, `ALREADY_REVERSED`,
  ///   `NOT_THIS_CUSTOMER`, `VERSION_TAKEN`, `LIST_INVALID`, `TERMS_INVALID`, `NO_BASE_LIST`,
  ///   `BENEFIT_RUNS`, `NO_SUCH_BENEFIT`, `BENEFIT_OVER`, `NO_BASE_PRICE`, `NO_SUCH_BOX`,
  ///   `BOX_REFUSED`, `LEGAL_HOLD`
  /// @param why for people, in English
  record NotPossible(String code, String why) implements DecisionResult {}
}
