package kz.qonyrau.boxes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a fleet did, and what central shows of it.
///
/// @param boxes how many took part
/// @param enrolled how many of them were enrolled in this run
/// @param enrolling how long that took
/// @param connecting from the first connection that was tried to the last that came up
/// @param reporting how long they reported
/// @param draining from the end of that to the last receipt
/// @param counts what was sent and received, by name
/// @param misbehaviours how often each was done
/// @param waitedMs from sending a report first to its receipt: the 50th, 95th and 99th of a hundred
/// @param unacknowledged reports without receipt in the end
/// @param sentTiyn what the acknowledged reports sum up to
/// @param centralMessages usage messages that central booked for these boxes in this run
/// @param centralTiyn what it booked for them
/// @param alarms how many alarms central had to raise, at most one of a kind and box
/// @param faults what does not agree, in words; empty if all is well
public record FleetReport(
    int boxes,
    int enrolled,
    Duration enrolling,
    Duration connecting,
    Duration reporting,
    Duration draining,
    Map<String, Long> counts,
    Map<Misbehaviour, Long> misbehaviours,
    List<Long> waitedMs,
    long unacknowledged,
    long sentTiyn,
    long centralMessages,
    long centralTiyn,
    int alarms,
    List<String> faults) {

  private static final JsonMapper JSON = new JsonMapper();

  public FleetReport {
    counts = Map.copyOf(counts);
    misbehaviours =
        misbehaviours.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new EnumMap<>(misbehaviours));
    waitedMs = List.copyOf(waitedMs);
    faults = List.copyOf(faults);
  }

  /// A figure by its name in [#toJson].
  public long count(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /// The report in one line.
  public String toJson() {
    ObjectNode node = JSON.createObjectNode();
    node.put("boxes", boxes);
    node.put("enrolled", enrolled);
    node.put("enrolSeconds", seconds(enrolling));
    node.put("connectSeconds", seconds(connecting));
    node.put("reportSeconds", seconds(reporting));
    node.put("drainSeconds", seconds(draining));
    new TreeMap<>(counts).forEach(node::put);
    ObjectNode wrong = node.putObject("misbehaviours");
    misbehaviours.forEach((what, times) -> wrong.put(what.word(), times));
    ArrayNode waited = node.putArray("receiptMsP50P95P99");
    waitedMs.forEach(waited::add);
    node.put("unacknowledged", unacknowledged);
    node.put("sentTiyn", sentTiyn);
    node.put("centralMessages", centralMessages);
    node.put("centralTiyn", centralTiyn);
    node.put("alarms", alarms);
    ArrayNode bad = node.putArray("faults");
    faults.forEach(bad::add);
    node.put("agrees", faults.isEmpty());
    return node.toString();
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }

  /// The same for people.
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%d boxes, %d of them enrolled now in %.1f s; connected in %.1f s"
            .formatted(boxes, enrolled, seconds(enrolling), seconds(connecting)));
    lines.add(
        "%d reports, published %d times, %d acknowledged, %d without receipt"
            .formatted(
                count("reports"), count("published"), count("acknowledged"), unacknowledged));
    misbehaviours.forEach((what, times) -> {
      if (times > 0) {
        lines.add("done wrong: " + what.word() + ", " + times + " times");
      }
    });
    lines.add(
        "central booked %d messages, %d.%02d KZT; sent were %d, %d.%02d KZT"
            .formatted(
                centralMessages,
                centralTiyn / 100,
                centralTiyn % 100,
                count("acknowledged"),
                sentTiyn / 100,
                sentTiyn % 100));
    lines.add("alarms that were due and are there: " + alarms);
    faults.forEach(fault -> lines.add("does not agree: " + fault));
    return lines;
  }
}
