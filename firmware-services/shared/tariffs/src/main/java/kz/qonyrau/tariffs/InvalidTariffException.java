package kz.qonyrau.tariffs;

/// A price list that cannot be used. Reading it again gives the same answer; somebody must correct
/// it.
public final class InvalidTariffException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String field;
  private final String fault;

  InvalidTariffException(String field, String fault) {
    super(field + ": " + fault);
    this.field = field;
    this.fault = fault;
  }

  static void unless(boolean holds, String field, String fault) {
    if (!holds) {
      throw new InvalidTariffException(field, fault);
    }
  }

  /// The same fault, seen from further out.
  InvalidTariffException within(String outer) {
    InvalidTariffException further = new InvalidTariffException(outer + '.' + field, fault);
    further.initCause(this);
    return further;
  }

  /// Where the fault is, for example `lines[2].price`.
  public String field() {
    return field;
  }
}
