package kz.qonyrau.store;

import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns Flyway down: its progress and its advice about versions go to DEBUG. Flyway makes it by
/// name.
public final class FlywayLog implements LogCreator {

  private static final Logger log = LoggerFactory.getLogger("kz.qonyrau.store.migrations");

  @Override
  public Log createLogger(Class<?> type) {
    return new Quiet();
  }

  private static final class Quiet implements Log {

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {
      log.debug(message);
    }

    @Override
    public void warn(String message) {
      log.debug(message);
    }

    @Override
    public void error(String message) {
      log.error(message);
    }

    @Override
    public void error(String message, Exception failure) {
      log.atError().setCause(failure).log(message);
    }

    @Override
    public void notice(String message) {}
  }
}
