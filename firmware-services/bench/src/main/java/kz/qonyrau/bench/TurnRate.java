package kz.qonyrau.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.rehearsal.Api;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import kz.qonyrau.rehearsal.Wait;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// From the end of what a subscriber says to the first sound of the answer to it, through real
/// Asterisk, with 1, 5 and 10 calls at a time; read off the box's own recordings, in which both
/// sides lie beside each other to the sample. The box, its Asterisk, the carrier and central share
/// the machine.
final class TurnRate {

  private static final int[] TOGETHER = {1, 5, 10};
  private static final int ROUNDS = Integer.getInteger("rounds", 6);
  private static final int WAV_HEADER = 44;

  /// 20 ms, the step in which levels are looked at.
  private static final int WINDOW = 160;

  private static final double SOUND_DBFS = -45;

  private static final int PER_MINUTE = 600;
  private static final String PROMPT = "Когда вам удобно, сегодня или завтра? Ответьте.";
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Double> details = new LinkedHashMap<>();

  /// Numbers are called once.
  private int next;

  Figure run(Place place) throws Exception {
    Stage stage =
        Stage.on(place.root(), place.bundles(), place.data(), StageSettings.USUAL.asForMonths());
    try {
      stage.start(_ -> {});
      Api box = stage.box();
      // The first call of a box loads classes that no later one does.
      var _ = answers(box, 1, 1);
      double atOne = 0;
      for (int calls : TOGETHER) {
        double[] millis = answers(box, calls, calls * ROUNDS);
        details.put("answered" + calls, (double) millis.length);
        details.put("asked" + calls, (double) calls * ROUNDS);
        details.put("millisP50At" + calls, part(millis, 50));
        details.put("millisP95At" + calls, part(millis, 95));
        details.put("millisP99At" + calls, part(millis, 99));
        atOne = calls == 1 ? part(millis, 95) : atOne;
      }
      double line = line(box);
      return new Figure(
          "turn",
          atOne,
          "ms from the end of an answer out of a list to the first sound of the reply, p95 at 1 call",
          line,
          "ms for a sound to the same carrier's echo and back",
          atOne / line,
          "value / baseline",
          details);
    } finally {
      stage.close();
    }
  }

  private double[] answers(Api box, int together, int count) {
    Campaigning business = new Campaigning(box);
    String list =
        business.list(
            "turns " + together + " " + count + " " + System.nanoTime(),
            Subscribers.many(Subscribers.SAYS_TODAY, next + count).subList(next, next + count));
    next += count;
    String campaign =
        business.campaign(
            new Wish("turns", list, PROMPT, together, PER_MINUTE, true, false, 1),
            Optional.of(question()));
    List<Double> millis = new ArrayList<>();
    for (short[][] sides : recordings(box, business, campaign, count)) {
      reaction(sides[0], sides[1]).ifPresent(samples -> millis.add(samples / 8.0));
    }
    return millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
  }

  /// Today is what the carrier's subscribers say.
  private static ObjectNode question() {
    ObjectNode question = JSON.createObjectNode();
    question.putArray("languages").add("ru");
    question.put("seconds", 8);
    question.put("interruptible", true);
    ArrayNode answers = question.putArray("answers");
    for (String word : List.of("сегодня", "завтра", "послезавтра", "не знаю", "оператор")) {
      ObjectNode answer = answers.addObject().put("name", word);
      answer.putObject("phrases").putArray("ru").add(word);
      answer.putObject("replies").put("ru", "Хорошо, мы вас ждём.");
    }
    return question;
  }

  /// How long the prompt takes to the echo and back, in milliseconds.
  private static double line(Api box) {
    Campaigning business = new Campaigning(box);
    String list = business.list("echo", Subscribers.many("85", 3));
    String campaign =
        business.campaign(
            new Wish(
                "echo", list, "Здравствуйте. Ваш заказ готов.", 1, PER_MINUTE, true, false, 1));
    List<Double> millis = new ArrayList<>();
    for (short[][] sides : recordings(box, business, campaign, 3)) {
      int sent = firstSound(sides[1], 0).orElseThrow();
      millis.add((firstSound(sides[0], sent).orElseThrow() - sent) / 8.0);
    }
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return part(sorted, 50);
  }

  private static List<short[][]> recordings(
      Api box, Campaigning business, String campaign, int count) {
    business.start(campaign);
    var _ = business.awaitEnd(campaign, Duration.ofMinutes(10));
    List<short[][]> all = new ArrayList<>();
    JsonNode calls = box.get("/calls?size=200&campaignId=" + campaign).path("items");
    for (JsonNode call : calls) {
      String path = "/calls/" + call.path("id").asString();
      Wait.until(
          Duration.ofMinutes(1),
          "a call is recorded",
          () -> !box.get(path).path("recording").isMissingNode());
      all.add(sides(box.getFile(path + "/recording")));
    }
    if (all.size() != count) {
      throw new IllegalStateException(count + " calls were asked for, " + all.size() + " made");
    }
    return all;
  }

  /// What the callee said, and what they heard.
  private static short[][] sides(byte[] wav) {
    ByteBuffer pcm =
        ByteBuffer.wrap(wav, WAV_HEADER, wav.length - WAV_HEADER).order(ByteOrder.LITTLE_ENDIAN);
    int frames = pcm.remaining() / 4;
    short[][] sides = new short[2][frames];
    for (int i = 0; i < frames; i++) {
      sides[0][i] = pcm.getShort();
      sides[1][i] = pcm.getShort();
    }
    return sides;
  }

  /// From the last sound of the callee to the first of the box behind it; nothing if the box said
  /// no more, or the callee nothing.
  private static OptionalInt reaction(short[] callee, short[] box) {
    int ended = lastSound(callee);
    return ended < 0
        ? OptionalInt.empty()
        : firstSound(box, ended).isEmpty()
            ? OptionalInt.empty()
            : OptionalInt.of(firstSound(box, ended).getAsInt() - ended);
  }

  private static OptionalInt firstSound(short[] side, int from) {
    for (int at = from; at + WINDOW <= side.length; at += WINDOW / 4) {
      if (isSound(side, at)) {
        return OptionalInt.of(at);
      }
    }
    return OptionalInt.empty();
  }

  private static int lastSound(short[] side) {
    for (int at = side.length - WINDOW; at >= 0; at -= WINDOW / 4) {
      if (isSound(side, at)) {
        return at + WINDOW;
      }
    }
    return -1;
  }

  private static boolean isSound(short[] side, int at) {
    double sum = 0;
    for (int i = at; i < at + WINDOW; i++) {
      sum += (double) side[i] * side[i];
    }
    return 10 * Math.log10(sum / WINDOW / (32768.0 * 32768.0) + 1e-12) > SOUND_DBFS;
  }

  private static double part(double[] sorted, int percent) {
    if (sorted.length == 0) {
      throw new IllegalStateException("no call was answered");
    }
    return sorted[
        Math.min(sorted.length - 1, (int) Math.ceil(sorted.length * percent / 100.0) - 1)];
  }
}
