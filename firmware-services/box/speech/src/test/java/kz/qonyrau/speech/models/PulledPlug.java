package kz.qonyrau.speech.models;

/// Cuts the power just before a chosen change to the disk, counted from one: from then on, nothing
/// changes any more.
final class PulledPlug implements StagedDirectories.Plug {

  static final class Pulled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Pulled(String step) {
      super(step);
    }
  }

  private final int before;
  private int steps;

  PulledPlug(int before) {
    this.before = before;
  }

  synchronized boolean isPulled() {
    return steps >= before;
  }

  @Override
  public synchronized void before(String step) {
    steps++;
    if (steps >= before) {
      throw new Pulled(step);
    }
  }
}
