package kz.qonyrau.console;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import kz.qonyrau.campaigns.InvalidFieldException;
import kz.qonyrau.campaigns.MachineRule;
import kz.qonyrau.campaigns.NextNumber;
import kz.qonyrau.campaigns.Retry;
import kz.qonyrau.campaigns.RetryPolicy;
import kz.qonyrau.campaigns.RetryReason;
import kz.qonyrau.web.Problem;

/// Who is called again, as pages send and get it (AC-CMP-07).
record RetriesForm(int mostAttempts, List<RetryForm> reasons) {

  private static final String CODE = "INVALID_RETRIES";

  record RetryForm(
      RetryReason reason,
      int times,
      int pauseMinutes,
      boolean growing,
      Optional<NextNumber> next) {}

  static RetriesForm of(RetryPolicy policy) {
    return new RetriesForm(
        policy.mostAttempts(),
        policy.retries().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(one ->
                new RetryForm(
                    one.getKey(),
                    one.getValue().times(),
                    Math.toIntExact(one.getValue().pause().toMinutes()),
                    one.getValue().growing(),
                    Optional.of(one.getValue().next())))
            .toList());
  }

  /// @param machines what the calls do with machines
  /// @throws Problem 422 naming the field that is wrong
  RetryPolicy policy(MachineRule machines) {
    Map<RetryReason, Retry> retries = new EnumMap<>(RetryReason.class);
    for (int i = 0; i < reasons.size(); i++) {
      RetryForm one = reasons.get(i);
      String field = "retries.reasons[" + i + "]";
      try {
        Retry retry =
            new Retry(
                one.times(),
                Duration.ofMinutes(one.pauseMinutes()),
                one.growing(),
                one.next().orElse(NextNumber.SAME));
        if (retries.put(one.reason(), retry) != null) {
          throw CampaignRoutes.refused(
              field, CODE, "There are two entries for " + one.reason() + ".");
        }
      } catch (IllegalArgumentException wrong) {
        throw CampaignRoutes.refused(field, CODE, String.valueOf(wrong.getMessage()));
      }
    }
    try {
      RetryPolicy policy = new RetryPolicy(mostAttempts, retries);
      policy.requireFitting(machines);
      return policy;
    } catch (InvalidFieldException wrong) {
      throw CampaignRoutes.refused("retries." + wrong.field(), CODE, wrong.what());
    }
  }
}
