package kz.qonyrau.campaigns;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import kz.qonyrau.vocabulary.CampaignId;

/// A campaign and how far it has come.
public record Campaign(
    CampaignId id,
    CampaignOrder order,
    CampaignState state,
    Instant createdAt,
    String createdBy,
    Optional<Instant> startedAt,
    Optional<Instant> endedAt,
    Progress progress) {

  /// How many recipients are in one of these states.
  long amount(List<Recipient.State> states) {
    return states.stream().mapToLong(this::amount).sum();
  }

  private long amount(Recipient.State state) {
    return switch (state) {
      case PENDING -> this.state.isOver() ? 0 : progress.pending();
      case NOT_CALLED -> this.state.isOver() ? progress.pending() : 0;
      case ACTIVE -> progress.active();
      case WAITING -> progress.waiting();
      case CAPPED -> progress.capped();
      case DONE -> progress.done();
      case EXCLUDED -> progress.excluded().values().stream().mapToLong(Long::longValue).sum();
    };
  }
}
