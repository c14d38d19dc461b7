package kz.qonyrau.store;

/// The database cannot be opened: another process has it, the password is wrong, the disk refuses,
/// or a migration failed. The message says which. Trying again is safe.
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }

  StoreUnavailableException(String message) {
    super(message);
  }
}
