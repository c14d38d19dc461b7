package kz.qonyrau.billing;

/// What became of the wish to propose something.
public sealed interface ProposalResult {

  /// It waits for another person.
  record Proposed(Proposal proposal) implements ProposalResult {}

  /// It could never be carried out as it is; see [DecisionResult.NotPossible].
  record NotPossible(String code, String why) implements ProposalResult {}
}
