package kz.qonyrau.appliance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.telephony.AsteriskPhase;
import kz.qonyrau.telephony.CallCounters;
import kz.qonyrau.telephony.TelephonyState;
import kz.qonyrau.telephony.TrunkState;
import kz.qonyrau.testsupport.SteppedClock;
import kz.qonyrau.testsupport.TemporaryStore;
import kz.qonyrau.wire.CommandAnswer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@Tag("PLT-13")
class DiagnosticsTest {

  @RegisterExtension final TemporaryStore database = TemporaryStore.with("LEDGER");

  @TempDir private Path data;

  @Test
  void areFactsThatAnAnswerTakes() {
    Instant now = Instant.parse("2026-11-24T07:00:00Z");
    TelephonyState telephony =
        new TelephonyState(
            AsteriskPhase.READY,
            now,
            2,
            OptionalLong.empty(),
            Optional.empty(),
            new TrunkState(true, Optional.empty(), 0, 8),
            List.of(),
            new CallCounters(0, 0, 0));
    Diagnostics diagnostics =
        new Diagnostics(
            data,
            Path.of("/opt/qonyrau/asterisk-22"),
            new Ledger(database.store(), SteppedClock.at(now)),
            () -> telephony,
            () -> new RecognitionState(List.of(), false, 0),
            () -> ClockTrust.TRUSTED,
            () -> 17,
            ErrorCount.begin());

    Map<String, String> facts = answer(diagnostics.get());

    assertThat(facts)
        .containsEntry("program", Assembly.VERSION)
        .containsEntry("asterisk", "asterisk-22")
        .containsEntry("asterisk.restarts", "2")
        .containsEntry("outbox", "17")
        .containsEntry("ledger.rows", "0")
        .containsEntry("clock", "TRUSTED")
        .containsEntry("errors", "0")
        .containsKeys("java", "kernel", "heap.used", "disk.free", "database", "uptime.ms");
    CommandAnswer sent =
        new CommandAnswer("6c3b1a52-7f0e-4b7e-9d0a-0d4c5f6a7b8c", CommandAnswer.Result.DONE, facts);
    assertThat(CommandAnswer.parse(new String(sent.body(), UTF_8))).isEqualTo(sent);
  }
}
