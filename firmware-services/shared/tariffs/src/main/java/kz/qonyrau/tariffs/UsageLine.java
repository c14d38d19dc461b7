package kz.qonyrau.tariffs;

import java.math.BigDecimal;
import kz.qonyrau.vocabulary.Tenge;

/// One priced service as a box reported it. Nothing of it is taken for granted: a service or a
/// version may be unknown.
///
/// @param service a service code
/// @param quantity what was charged, in `countedIn`, zero or more; parts of a second count as one
/// @param countedIn for example `SECOND`, see [ServiceCode#countedIn]
/// @param unitPrice KZT per unit of the tariff's line, for example per minute
/// @param amount what the box charged
/// @param tariffVersion the version that the box rated by
public record UsageLine(
    String service,
    long quantity,
    String countedIn,
    BigDecimal unitPrice,
    Tenge amount,
    String tariffVersion) {

  /// @throws IllegalArgumentException if the quantity is negative
  public UsageLine {
    if (quantity < 0) {
      throw new IllegalArgumentException("quantity must not be negative: " + quantity);
    }
  }
}
