package kz.qonyrau.store;

/// The store did not take a piece of work, because too much is waiting, because another node writes
/// and does not end, or because it is closed. Nothing was run, so offering the work again is safe.
public final class StoreRefusesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreRefusesException(String message) {
    super(message);
  }
}
