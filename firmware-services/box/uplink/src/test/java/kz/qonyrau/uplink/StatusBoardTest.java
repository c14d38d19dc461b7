package kz.qonyrau.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.testsupport.SteppedClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("PLT-07")
class StatusBoardTest {

  private static final Instant NOW = Instant.parse("2026-11-24T04:00:00Z");

  private final SteppedClock clock = SteppedClock.at(NOW);
  private final StatusBoard board = new StatusBoard(clock);
  private final List<UplinkStatus> told = new ArrayList<>();

  @BeforeEach
  void listen() {
    board.onChange(told::add);
  }

  @Test
  void aStateBeginsWhenItIsEnteredAndNotWhenItsFaultChanges() {
    clock.advance(Duration.ofMinutes(1));
    board.show(UplinkState.OFFLINE, "CENTRAL_UNREACHABLE");
    clock.advance(Duration.ofMinutes(1));
    board.show(UplinkState.OFFLINE, "CERTIFICATE_REFUSED");

    assertThat(board.get().since()).isEqualTo(NOW.plusSeconds(60));
    assertThat(board.get().fault()).contains("CERTIFICATE_REFUSED");
    assertThat(told).hasSize(2).last().isEqualTo(board.get());
  }

  @Test
  void whatIsShownAlreadyIsNotToldAgain() {
    board.show(UplinkState.ONLINE);
    board.show(UplinkState.ONLINE);
    board.showDepth(3);
    board.showDepth(3);

    assertThat(told).hasSize(2);
  }

  @Test
  void aFaultLeavesTheStateAndTheNextStateTakesItAway() {
    board.show(UplinkState.ONLINE);
    board.showFault("DOCUMENT_OLDER");

    assertThat(board.state()).isEqualTo(UplinkState.ONLINE);
    assertThat(board.get().fault()).contains("DOCUMENT_OLDER");

    board.show(UplinkState.CONNECTING);

    assertThat(board.get().fault()).isEmpty();
  }

  @Test
  void aReceiptTakesWhatItNamesFromWhatWaits() {
    board.showDepth(3);
    board.showReceipt(2);

    assertThat(board.get().outboxDepth()).isEqualTo(1);
    assertThat(board.get().lastReceipt()).isEqualTo(Optional.of(NOW));

    board.showReceipt(2);

    assertThat(board.get().outboxDepth()).isZero();
  }
}
