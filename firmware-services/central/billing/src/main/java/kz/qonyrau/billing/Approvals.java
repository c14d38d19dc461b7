package kz.qonyrau.billing;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;
import org.jdbi.v3.core.Handle;

/// What one person proposes and another one decides: whatever touches money and is neither a
/// payment nor a service (SH-BAL-17).
///
/// Every method may be called from any thread. Futures complete on threads of the store.
public final class Approvals {

  private static final int MOST = 500;

  private final Store store;
  private final Corrections corrections;
  private final BenefitExits exits;
  private final Function<OrganisationId, Future<Void>> ready;
  private final InstantSource clock;
  private final Consumer<OrganisationId> changed;
  private final AtomicReference<Erasures> erasures = new AtomicReference<>(Erasures.NONE);

  /// @param ready opens a customer's wallets
  /// @param changed told whose money or pin has changed
  Approvals(
      Store store,
      Corrections corrections,
      BenefitExits exits,
      Function<OrganisationId, Future<Void>> ready,
      InstantSource clock,
      Consumer<OrganisationId> changed) {
    this.store = store;
    this.corrections = corrections;
    this.exits = exits;
    this.ready = ready;
    this.clock = clock;
    this.changed = changed;
  }

  /// From now on boxes are erased this way.
  public void eraseBy(Erasures way) {
    erasures.set(way);
  }

  /// Writes down what one person wants; another one decides.
  ///
  /// @param reason 1 to 500 characters
  /// @throws IllegalArgumentException if a text is out of range
  public Future<ProposalResult> propose(Measure measure, String reason, String by) {
    Texts.require("reason", reason, 500);
    Texts.require("by", by, 100);
    return readyFor(measure)
        .compose(_ ->
            store.write(handle ->
                fault(handle, measure)
                    .<ProposalResult>map(
                        fault -> new ProposalResult.NotPossible(fault.code(), fault.why()))
                    .orElseGet(() -> {
                      Proposal proposal =
                          new Proposal(
                              UUID.randomUUID().toString(),
                              measure,
                              reason,
                              by,
                              Instant.ofEpochMilli(clock.millis()),
                              Proposal.State.OPEN,
                              Optional.empty(),
                              Optional.empty(),
                              Optional.empty());
                      Proposals.insert(handle, proposal);
                      return new ProposalResult.Proposed(proposal);
                    })));
  }

  private Future<Void> readyFor(Measure measure) {
    return organisationOf(measure).map(ready).orElseGet(Future::succeededFuture);
  }

  private static Optional<OrganisationId> organisationOf(Measure measure) {
    return switch (measure) {
      case Measure.Publication _, Measure.WelcomeBonusAmount _ -> Optional.empty();
      case Measure.Reversal reversal -> Optional.of(reversal.organisation());
      case Measure.Compensation compensation -> Optional.of(compensation.organisation());
      case Measure.Penalty penalty -> Optional.of(penalty.organisation());
      case Measure.Erasure erasure -> Optional.of(erasure.organisation());
      case Measure.BenefitGrant grant -> Optional.of(grant.organisation());
      case Measure.BenefitExit exit -> Optional.of(exit.organisation());
    };
  }

  private Optional<DecisionResult.NotPossible> fault(Handle handle, Measure measure) {
    return switch (measure) {
      case Measure.Publication(String list) -> Publishing.fault(handle, list);
      case Measure.Reversal reversal -> corrections.fault(handle, reversal);
      case Measure.Erasure erasure ->
          erasures.get().fault(handle, erasure.organisation(), erasure.box());
      case Measure.BenefitGrant(OrganisationId organisation, String terms) ->
          Benefits.grantFault(handle, organisation, terms);
      case Measure.BenefitExit(OrganisationId organisation, String benefit) ->
          exits.fault(handle, organisation, benefit, clock.instant());
      case Measure.Compensation _, Measure.Penalty _, Measure.WelcomeBonusAmount _ ->
          Optional.empty();
    };
  }

  /// Approves what another person proposed, and carries it out in the same transaction.
  ///
  /// @param note for the record, up to 500 characters
  public Future<DecisionResult> approve(String proposal, String note, String by) {
    return decide(proposal, Proposal.State.APPROVED, note, by);
  }

  /// Rejects what another person proposed.
  ///
  /// @param note why, 1 to 500 characters
  public Future<DecisionResult> reject(String proposal, String note, String by) {
    Texts.require("note", note, 500);
    return decide(proposal, Proposal.State.REJECTED, note, by);
  }

  /// Takes back one's own proposal.
  public Future<DecisionResult> withdraw(String proposal, String by) {
    return decide(proposal, Proposal.State.WITHDRAWN, "", by);
  }

  private Future<DecisionResult> decide(String id, Proposal.State state, String note, String by) {
    if (!note.isEmpty()) {
      Texts.require("note", note, 500);
    }
    Texts.require("by", by, 100);
    return store
        .write(handle -> decide(handle, id, state, note, by))
        .onSuccess(result -> {
          if (result instanceof DecisionResult.Decided(Proposal proposal)
              && state == Proposal.State.APPROVED) {
            organisationOf(proposal.measure()).ifPresent(changed);
          }
        });
  }

  private DecisionResult decide(
      Handle handle, String id, Proposal.State state, String note, String by) {
    Optional<Proposal> found = Proposals.find(handle, id);
    if (found.isEmpty()) {
      return new DecisionResult.NoSuchProposal();
    }
    Proposal proposal = found.get();
    if (proposal.state() != Proposal.State.OPEN) {
      return new DecisionResult.NotOpen(proposal.state());
    }
    boolean own = proposal.proposedBy().equals(by);
    if (own != (state == Proposal.State.WITHDRAWN)) {
      return new DecisionResult.WrongPerson(proposal.proposedBy());
    }
    if (state == Proposal.State.APPROVED) {
      Optional<DecisionResult.NotPossible> fault = fault(handle, proposal.measure());
      if (fault.isPresent()) {
        return fault.get();
      }
      carryOut(handle, proposal, by);
    }
    Proposals.decide(handle, id, state, by, clock.instant(), note);
    return new DecisionResult.Decided(Proposals.find(handle, id).orElseThrow());
  }

  private void carryOut(Handle handle, Proposal proposal, String by) {
    switch (proposal.measure()) {
      case Measure.Publication(String list) -> {
        var _ = Publishing.publish(handle, list, clock.instant(), by);
      }
      case Measure.Reversal reversal -> corrections.reverse(handle, reversal, proposal.reason());
      case Measure.Compensation compensation ->
          corrections.compensate(handle, proposal.id(), compensation, proposal.reason());
      case Measure.Penalty penalty ->
          corrections.charge(handle, proposal.id(), penalty, proposal.reason());
      case Measure.WelcomeBonusAmount(Tenge amount) ->
          WelcomeBonuses.decideAmount(handle, amount, clock.instant(), by);
      case Measure.Erasure erasure ->
          erasures
              .get()
              .erase(handle, erasure.box(), erasure.ground() + ": " + proposal.reason(), by);
      case Measure.BenefitGrant(OrganisationId organisation, String terms) ->
          Benefits.grant(handle, organisation, terms, clock.instant(), by);
      case Measure.BenefitExit(OrganisationId _, String benefit) ->
          exits.leave(handle, benefit, clock.instant());
    }
  }

  /// What was proposed: the open ones, oldest first, or all, newest first.
  ///
  /// @param size at most so many, 1 to 500
  public Future<List<Proposal>> proposals(boolean openOnly, int size) {
    if (size < 1 || size > MOST) {
      throw new IllegalArgumentException("size: 1 to " + MOST + ", not " + size);
    }
    return store.read(
        handle -> openOnly ? Proposals.open(handle, size) : Proposals.all(handle, size));
  }
}
