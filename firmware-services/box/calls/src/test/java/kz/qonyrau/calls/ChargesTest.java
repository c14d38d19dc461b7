package kz.qonyrau.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import kz.qonyrau.ledger.Movement;
import kz.qonyrau.ledger.MovementKind;
import kz.qonyrau.ledger.Span;
import kz.qonyrau.vocabulary.CallId;
import kz.qonyrau.vocabulary.CampaignId;
import kz.qonyrau.vocabulary.Tenge;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a statement can say of a charge, from the call to the row of the ledger.
@Timeout(60)
class ChargesTest {

  @RegisterExtension final Desk desk = new Desk();

  @Tag("SH-BAL-03")
  @Tag("SH-TAR-04")
  @Test
  void aChargeSaysWhatItIsMadeOf() throws Exception {
    desk.credit("100.00");
    CallOrder order = Desk.recorded(Desk.order());

    Desk.done(desk.place(order));

    long head = Desk.await(desk.ledger.head()).rows();
    List<Long> rows = rows(order.campaign(), head);
    assertThat(rows).hasSize(1);
    Movement charged = Desk.await(desk.ledger.account(Calls.PAYER).ofRows(rows)).getFirst();
    Bill bill =
        Desk.await(desk.calls.charges().bills(List.of(order.id()))).values().iterator().next();
    assertThat(charged.kind()).isEqualTo(MovementKind.CAPTURE);
    assertThat(Calls.callOf(charged.id())).contains(order.id());
    assertThat(charged.amount().negated()).isEqualTo(bill.amount());
    assertThat(bill.tariffVersion()).isEqualTo("test-1");
    assertThat(bill.campaign()).isEqualTo(order.campaign());
    assertThat(bill.lines()).isNotEmpty();
    for (PlacedCall.CostLine line : bill.lines()) {
      assertThat(line.billed()).isEqualTo(Duration.ofSeconds(1));
      assertThat(line.used()).isLessThanOrEqualTo(line.billed());
      assertThat(line.amount())
          .isEqualTo(Tenge.of(line.unitPrice()).times(line.billed().toSeconds()));
    }
    assertThat(Desk.await(desk.calls.charges().sum(order.campaign(), Span.ALWAYS, head)))
        .isEqualTo(new Charges.Sum(1, bill.amount()));
  }

  @Tag("SH-BAL-03")
  @Tag("SH-BAL-07")
  @Test
  void aChargeIsNotedOnceHoweverOftenItIsSettled() throws Exception {
    desk.credit("100.00");
    CallOrder order = Desk.order();
    Desk.done(desk.place(order));

    Desk.done(desk.calls.settle(order.id(), Tenge.of("6.00")));
    Desk.done(desk.calls.recover());

    long head = Desk.await(desk.ledger.head()).rows();
    assertThat(rows(order.campaign(), head)).hasSize(1);
    assertThat(rows(order.campaign(), 1)).isEmpty();
    assertThat(rows(CampaignId.random(), head)).isEmpty();
  }

  @Tag("SH-BAL-03")
  @Test
  void theIdOfAMovementNamesItsCall() {
    CallId call = CallId.random();

    assertThat(Calls.callOf("call/" + call)).contains(call);
    assertThat(Calls.callOf("call/" + call + "/3")).contains(call);
    assertThat(Calls.callOf("call/" + call + "3")).isEqualTo(Optional.empty());
    assertThat(Calls.callOf("lease/" + call)).isEmpty();
    assertThat(Calls.callOf("call/" + "x".repeat(36))).isEmpty();
    assertThat(Calls.callOf("")).isEmpty();
  }

  private List<Long> rows(CampaignId campaign, long head) throws Exception {
    return Desk.await(
        desk.calls.charges().rows(campaign, Span.ALWAYS, head, OptionalLong.empty(), 10));
  }
}
