package kz.qonyrau.console;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.uplink.KnownHold;
import kz.qonyrau.web.Answer;
import kz.qonyrau.web.Asked;
import kz.qonyrau.web.Desk;
import kz.qonyrau.web.Problem;
import kz.qonyrau.wire.HeldDays;

/// Of what nothing may be deleted on this box, for its owner (SH-RET-02), and that he cannot delete
/// it himself meanwhile.
final class HoldRoutes {

  /// What the owner deletes before its time, other than blocks and rules, which are no content.
  private static final Set<String> DELETIONS =
      Set.of("deleteList", "removeEvidence", "deleteCampaign");

  private record HoldView(
      String id,
      Optional<LocalDate> from,
      Optional<LocalDate> to,
      String reason,
      String by,
      Instant since,
      Optional<Instant> liftedAt) {}

  private final CentralLine central;

  HoldRoutes(CentralLine central) {
    this.central = central;
  }

  Desk on(Desk desk) {
    return desk.on(
        "legalHolds",
        _ -> Answer.ok(central.holds().await().stream().map(HoldRoutes::view).toList()));
  }

  /// Has the owner refused to delete anything while a hold on everything stands. One on calls of
  /// some days is about calls, which nobody here deletes.
  Desk guarding(Desk desk) {
    return desk.checking(DELETIONS, this::requireNoHoldOnEverything);
  }

  private void requireNoHoldOnEverything(Asked asked) {
    Optional<KnownHold> hold =
        central.holds().await().stream()
            .filter(one -> one.stands() && one.hold().days().isEmpty())
            .findFirst();
    if (hold.isPresent()) {
      throw Problem.conflict(
          "LEGAL_HOLD",
          "Nothing on this box may be deleted until a legal hold is lifted: "
              + hold.get().hold().reason());
    }
  }

  /// Whether a hold keeps what there is of a call.
  boolean keeps(Instant startedAt) {
    return central.holds().await().stream()
        .anyMatch(one -> one.stands() && one.period().covers(startedAt));
  }

  private static HoldView view(KnownHold one) {
    return new HoldView(
        one.hold().id(),
        one.hold().days().map(HeldDays::from),
        one.hold().days().map(HeldDays::to),
        one.hold().reason(),
        one.hold().by(),
        one.hold().since(),
        one.liftedAt());
  }
}
