package kz.qonyrau.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.Wait;
import tools.jackson.databind.JsonNode;

/// What a campaign leaves behind on a stage, whatever happened meanwhile.
final class Aftermath {

  private final Stage stage;

  Aftermath(Stage stage) {
    this.stage = stage;
  }

  /// A campaign is over, nobody's telephone rang twice, and box and central agree on each call and
  /// each tiyn of it.
  void assertEverybodyOnceAndEveryTengeAccountedFor(JsonNode end, int recipients) {
    assertThat(end.path("state").asString()).isEqualTo("COMPLETED");
    assertThat(end.path("progress").path("done").asLong()).isEqualTo(recipients);
    assertThat(outcomes(end).values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(recipients);

    Map<String, Long> rung =
        telephonesThatRang().stream()
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    assertThat(rung.size())
        .as("the carriers know of everybody who was reached")
        .isGreaterThanOrEqualTo(outcomes(end).getOrDefault("ANSWERED", 0L).intValue())
        .isPositive();
    assertThat(rung.values()).as("nobody is dialled twice").allMatch(times -> times == 1);

    Api box = stage.box();
    JsonNode verification = box.get("/ledger/verification");
    assertThat(verification.path("sound").asBoolean()).as(verification.toString()).isTrue();
    Wait.until(
        Duration.ofSeconds(15),
        "nothing is held any more",
        () -> box.get("/ledger/balance").path("heldTiyn").asLong() == 0);

    Api central = stage.central("fleet");
    Wait.until(
        Duration.ofSeconds(90),
        "the outbox is empty",
        () -> box.get("/dashboard").path("uplink").path("outboxDepth").asLong() == 0);
    JsonNode mirrored = central.get("/boxes").get(0);
    long spent =
        mirrored.path("money").path("grantedTiyn").asLong()
            - box.get("/ledger/balance").path("availableTiyn").asLong();
    assertThat(mirrored.path("money").path("usedTiyn").asLong())
        .as("central's mirror")
        .isEqualTo(spent);
    assertThat(mirrored.path("usageMessages").asLong())
        .as("reports: none lost, none double; an attempt that never came to dialling has none")
        .isEqualTo(box.get("/calls?size=1").path("total").asLong())
        .isLessThanOrEqualTo(recipients);
  }

  /// Each number as often as it rang, on whatever carrier.
  List<String> telephonesThatRang() {
    return Stream.of("carrier", "carrier-2").flatMap(part -> rangOn(part).stream()).toList();
  }

  /// Whose telephones rang on one carrier, the program by that name.
  List<String> rangOn(String part) {
    Path record = stage.data().resolve(part).resolve("calls.log");
    if (!Files.exists(record)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(record)) {
      return lines
          .filter(line -> line.startsWith("{\"event\":\"rings\""))
          .map(line -> line.replaceFirst(".*\"number\":\"(\\d+)\".*", "$1"))
          .toList();
    } catch (IOException failure) {
      throw new IllegalStateException("the record of " + part + " cannot be read", failure);
    }
  }

  static Map<String, Long> outcomes(JsonNode campaign) {
    return campaign
        .path("progress")
        .path("outcomes")
        .propertyStream()
        .filter(entry -> entry.getValue().asLong() > 0)
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asLong()));
  }
}
