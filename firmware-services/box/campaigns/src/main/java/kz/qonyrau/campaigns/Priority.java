package kz.qonyrau.campaigns;

/// How much of the box a campaign gets while others dial, too.
public enum Priority {
  LOW(1),
  NORMAL(2),
  HIGH(4);

  private final int weight;

  Priority(int weight) {
    this.weight = weight;
  }

  /// Campaigns share calls in the ratio of their weights.
  int weight() {
    return weight;
  }
}
