package kz.qonyrau.appliance;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the errors that the program logged since its start.
final class ErrorCount extends AppenderBase<ILoggingEvent> {

  private final AtomicLong count = new AtomicLong();

  /// Begins to count.
  static ErrorCount begin() {
    ErrorCount counting = new ErrorCount();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    counting.setContext(context);
    counting.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(counting);
    return counting;
  }

  long count() {
    return count.get();
  }

  @Override
  protected void append(ILoggingEvent event) {
    if (event.getLevel().isGreaterOrEqual(Level.ERROR)) {
      count.incrementAndGet();
    }
  }
}
