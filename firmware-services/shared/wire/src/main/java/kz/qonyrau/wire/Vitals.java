package kz.qonyrau.wire;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import kz.qonyrau.vocabulary.Tenge;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How a box is doing, in figures and codes. The appliance measures it, central's pages show it.
///
/// @param version of the box's program, for example `0.1.0`
/// @param uptime since its start
/// @param asterisk state of the Asterisk process, a code such as `READY`
/// @param trunkReachable whether any trunk takes calls
/// @param trunks each of them, at most 20
/// @param activeCalls calls right now
/// @param channelLimit calls that the box may have at once
/// @param callsPerMinute calls that the box can begin in a minute; 0 while nothing may be dialled
/// @param outboxDepth messages that central has not yet acknowledged
/// @param available money that the box can still spend
/// @param held money that running calls hold
/// @param ledgerHead SHA-256 of the newest row of the box's book, 64 hexadecimal digits, or 64
///   zeros while the book is empty
/// @param ledgerRows rows of the box's book
/// @param diskUsedBytes of the volume that holds the data
/// @param diskTotalBytes of that volume
/// @param alarms codes of what is wrong, at most 50
public record Vitals(
    String version,
    Duration uptime,
    String asterisk,
    boolean trunkReachable,
    List<TrunkVitals> trunks,
    int activeCalls,
    int channelLimit,
    int callsPerMinute,
    long outboxDepth,
    Tenge available,
    Tenge held,
    String ledgerHead,
    long ledgerRows,
    long diskUsedBytes,
    long diskTotalBytes,
    List<String> alarms) {

  private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,40}");
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z_]{1,39}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int MOST_CALLS = 100_000;
  private static final int MOST_ALARMS = 50;
  private static final int MOST_TRUNKS = 20;
  private static final Duration LONGEST = Duration.ofDays(36_500);

  /// @throws MalformedMessageException if a component is not of its form
  public Vitals {
    trunks = List.copyOf(trunks);
    alarms = List.copyOf(alarms);
    require("trunks", trunks.size() <= MOST_TRUNKS, "has more than " + MOST_TRUNKS + " elements");
    require("version", VERSION.matcher(version).matches(), "is not a version");
    require("uptimeMs", !uptime.isNegative() && uptime.compareTo(LONGEST) <= 0, "is out of range");
    require("asterisk", CODE.matcher(asterisk).matches(), "is not a code");
    require("activeCalls", activeCalls >= 0 && activeCalls <= MOST_CALLS, "is out of range");
    require("channelLimit", channelLimit >= 0 && channelLimit <= MOST_CALLS, "is out of range");
    require(
        "callsPerMinute", callsPerMinute >= 0 && callsPerMinute <= MOST_CALLS, "is out of range");
    require("outboxDepth", outboxDepth >= 0, "is negative");
    require("ledgerHead", HASH.matcher(ledgerHead).matches(), "is not a SHA-256");
    require("ledgerRows", ledgerRows >= 0, "is negative");
    require("diskUsedBytes", diskUsedBytes >= 0, "is negative");
    require("diskTotalBytes", diskTotalBytes >= 0, "is negative");
    require(
        "alarms",
        alarms.size() <= MOST_ALARMS && alarms.stream().allMatch(a -> CODE.matcher(a).matches()),
        "is not a short list of codes");
  }

  static Vitals read(Fields fields) {
    return new Vitals(
        fields.text("version", VERSION, "a version"),
        fields.millis("uptimeMs", LONGEST),
        fields.text("asterisk", CODE, "a code"),
        fields.truth("trunkReachable"),
        fields.objects("trunks", MOST_TRUNKS, TrunkVitals::read),
        (int) fields.number("activeCalls", 0, MOST_CALLS),
        (int) fields.number("channelLimit", 0, MOST_CALLS),
        (int) fields.number("callsPerMinute", 0, MOST_CALLS),
        fields.number("outboxDepth", 0, Long.MAX_VALUE),
        fields.money("availableTiyn", Long.MIN_VALUE, Long.MAX_VALUE),
        fields.money("heldTiyn", Long.MIN_VALUE, Long.MAX_VALUE),
        fields.text("ledgerHead", HASH, "a SHA-256"),
        fields.number("ledgerRows", 0, Long.MAX_VALUE),
        fields.number("diskUsedBytes", 0, Long.MAX_VALUE),
        fields.number("diskTotalBytes", 0, Long.MAX_VALUE),
        fields.texts("alarms", MOST_ALARMS, CODE, "a code"));
  }

  void write(ObjectNode node) {
    node.put("version", version);
    node.put("uptimeMs", uptime.toMillis());
    node.put("asterisk", asterisk);
    node.put("trunkReachable", trunkReachable);
    ArrayNode lines = node.putArray("trunks");
    trunks.forEach(trunk -> trunk.write(lines.addObject()));
    node.put("activeCalls", activeCalls);
    node.put("channelLimit", channelLimit);
    node.put("callsPerMinute", callsPerMinute);
    node.put("outboxDepth", outboxDepth);
    node.put("availableTiyn", available.tiyn());
    node.put("heldTiyn", held.tiyn());
    node.put("ledgerHead", ledgerHead);
    node.put("ledgerRows", ledgerRows);
    node.put("diskUsedBytes", diskUsedBytes);
    node.put("diskTotalBytes", diskTotalBytes);
    ArrayNode array = node.putArray("alarms");
    alarms.forEach(array::add);
  }

  private static void require(String field, boolean holds, String otherwise) {
    if (!holds) {
      throw new MalformedMessageException("vitals." + field, otherwise);
    }
  }
}
