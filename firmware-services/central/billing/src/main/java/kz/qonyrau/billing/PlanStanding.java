package kz.qonyrau.billing;

import java.time.LocalDate;

/// What a customer may do with a plan (SH-SUS-06, XT-SUB-04). Pure dates: nothing that happens to
/// his account moves them (SH-SUS-03).
public sealed interface PlanStanding {

  /// It was never bought.
  record Never() implements PlanStanding {}

  /// It is paid for.
  ///
  /// @param until the last day that is paid for without a gap
  record Active(LocalDate until) implements PlanStanding {}

  /// It has ended and was not renewed: what is there can be read, nothing new is made.
  ///
  /// @param until the last day of that
  record ReadOnly(LocalDate until) implements PlanStanding {}

  /// It has ended and was not renewed: suspended until it is paid for.
  ///
  /// @param since the first day of that
  record Suspended(LocalDate since) implements PlanStanding {}
}
