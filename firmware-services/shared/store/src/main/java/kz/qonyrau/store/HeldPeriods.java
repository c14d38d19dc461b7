package kz.qonyrau.store;

import java.util.List;
import org.jdbi.v3.core.Handle;

/// All legal holds that there are or were. Whoever deletes asks inside the transaction that
/// deletes, so that no hold comes between the question and the deed (SH-RET-02).
@FunctionalInterface
public interface HeldPeriods {

  /// Those that stand and those that were lifted, in any order.
  List<HeldPeriod> in(Handle handle);
}
