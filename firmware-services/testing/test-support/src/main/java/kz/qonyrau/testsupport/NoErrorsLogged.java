package kz.qonyrau.testsupport;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/// Fails a test that passed although an ERROR was logged, unless it declares [ExpectedError].
public final class NoErrorsLogged implements BeforeEachCallback, AfterEachCallback {

  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();

  @Override
  public void beforeEach(ExtensionContext context) {
    heard.list.clear();
    heard.start();
    root().addAppender(heard);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    root().detachAppender(heard);
    heard.stop();
    if (context.getExecutionException().isPresent()) {
      return;
    }
    List<String> expected =
        Stream.of(context.getRequiredTestMethod(), context.getRequiredTestClass())
            .map(element -> element.getAnnotation(ExpectedError.class))
            .filter(annotation -> annotation != null)
            .flatMap(annotation -> Stream.of(annotation.value()))
            .toList();
    List<String> unexpected =
        new ArrayList<>(heard.list)
            .stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(Level.ERROR))
                .filter(event -> expected.stream().noneMatch(text(event)::contains))
                .map(NoErrorsLogged::text)
                .toList();
    if (!unexpected.isEmpty()) {
      throw new AssertionError("errors were logged: " + unexpected);
    }
  }

  private static String text(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return event.getFormattedMessage()
        + (thrown == null ? "" : " (" + thrown.getClassName() + ": " + thrown.getMessage() + ")");
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
