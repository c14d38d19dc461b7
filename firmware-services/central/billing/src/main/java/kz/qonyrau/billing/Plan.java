package kz.qonyrau.billing;

import java.time.Period;
import kz.qonyrau.tariffs.ServiceCode;

/// What is sold by the month.
public enum Plan {
  /// Analysis of conversations.
  ANALYTICS(ServiceCode.ANALYTICS_PLAN, 1, Period.ZERO),
  /// Analytics of a seller at marketplaces: three months at least (XT-SUB-02), and seven days in
  /// which an unpaid plan can still be read (XT-SUB-04, P-46).
  XTRACK(ServiceCode.XTRACK_PLAN, 3, Period.ofDays(7));

  private final ServiceCode service;
  private final int fewestMonths;
  private final Period readOnly;

  Plan(ServiceCode service, int fewestMonths, Period readOnly) {
    this.service = service;
    this.fewestMonths = fewestMonths;
    this.readOnly = readOnly;
  }

  /// As which a price list has it. Its unit is a month.
  public ServiceCode service() {
    return service;
  }

  /// So many months are bought at least.
  public int fewestMonths() {
    return fewestMonths;
  }

  /// For how long after its end it can be read without being paid.
  public Period readOnly() {
    return readOnly;
  }
}
