package kz.qonyrau.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.rehearsal.Campaigning;
import kz.qonyrau.rehearsal.Campaigning.Wish;
import kz.qonyrau.rehearsal.Stage;
import kz.qonyrau.rehearsal.StageSettings;
import kz.qonyrau.rehearsal.Subscribers;
import tools.jackson.databind.JsonNode;

/// Originates per second through hold, dial, answer, prompt and capture, beside the same load
/// driven straight into the same Asterisk by the smallest AMI client that can do it.
///
/// What counts is the processor time per call: with the paces equal, the ratio is what the product
/// adds to bare telephony.
final class CallRate {

  private static final int CALLS = Integer.getInteger("calls", 600);
  private static final int PER_MINUTE = Integer.getInteger("per-minute", 1500);
  private static final String TEXT = "Здравствуйте. Ваш заказ готов.";

  Figure run(Place place) throws Exception {
    Stage stage =
        Stage.on(
            place.root(),
            place.bundle(),
            place.data(),
            StageSettings.USUAL.withChannels(400).withCredit(10_000_000_000L));
    try {
      stage.start(_ -> {});
      List<String> numbers = Subscribers.many(Subscribers.SILENT, CALLS);
      Map<String, Double> details = new LinkedHashMap<>();
      double ours = product(stage, numbers, details);
      double direct = direct(stage, numbers, details);
      double perCall = sum(details, "productCpuMillisPerCall");
      double perCallDirect = sum(details, "directCpuMillisPerCall");
      return new Figure(
          "calls",
          ours,
          "originates per second, " + CALLS + " calls",
          direct,
          "the same calls by a minimal AMI client on the same Asterisk",
          perCall / perCallDirect,
          "processor time per call, product / direct, all processes of this side",
          details);
    } finally {
      stage.close();
    }
  }

  private static double product(Stage stage, List<String> numbers, Map<String, Double> details) {
    Campaigning business = new Campaigning(stage.box());
    String list = business.list("load", numbers);
    String campaign =
        business.campaign(new Wish("load", list, TEXT, 400, PER_MINUTE, false, false, 1));
    double box = CpuTime.seconds(stage.pid("box"));
    double asterisk = CpuTime.seconds(stage.asteriskPid());
    double central = CpuTime.seconds(stage.pid("central"));
    business.start(campaign);
    JsonNode end = business.awaitEnd(campaign, Duration.ofMinutes(5));
    details.put("productCpuMillisPerCall.box", perCall(CpuTime.seconds(stage.pid("box")) - box));
    details.put(
        "productCpuMillisPerCall.asterisk",
        perCall(CpuTime.seconds(stage.asteriskPid()) - asterisk));
    details.put(
        "centralCpuMillisPerCall", perCall(CpuTime.seconds(stage.pid("central")) - central));
    long answered = end.path("progress").path("outcomes").path("ANSWERED").asLong();
    details.put("productFailures", (double) (CALLS - answered));
    return rate(stage, campaign);
  }

  /// Calls per second from the first start to the last, as the call log has them.
  private static double rate(Stage stage, String campaign) {
    String path = "/calls?size=1&campaignId=" + campaign;
    String last = stage.box().get(path).path("items").get(0).path("startedAt").asString();
    String first =
        stage
            .box()
            .get(path + "&page=" + (CALLS - 1))
            .path("items")
            .get(0)
            .path("startedAt")
            .asString();
    double seconds =
        Duration.between(java.time.Instant.parse(first), java.time.Instant.parse(last)).toMillis()
            / 1000.0;
    return (CALLS - 1) / seconds;
  }

  private static double direct(Stage stage, List<String> numbers, Map<String, Double> details)
      throws IOException {
    double asterisk = CpuTime.seconds(stage.asteriskPid());
    double self = CpuTime.seconds(ProcessHandle.current().pid());
    MinimalAmi.Result result =
        MinimalAmi.drive(stage.data().resolve("box/asterisk"), numbers, PER_MINUTE);
    details.put(
        "directCpuMillisPerCall.asterisk",
        perCall(CpuTime.seconds(stage.asteriskPid()) - asterisk));
    details.put(
        "directCpuMillisPerCall.client",
        perCall(CpuTime.seconds(ProcessHandle.current().pid()) - self));
    details.put("directFailures", (double) (numbers.size() - result.answered()));
    return result.perSecond();
  }

  private static double perCall(double seconds) {
    return seconds * 1000 / CALLS;
  }

  private static double sum(Map<String, Double> details, String prefix) {
    return details.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }
}
