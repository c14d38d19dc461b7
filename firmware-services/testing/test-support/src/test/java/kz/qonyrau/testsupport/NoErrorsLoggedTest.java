package kz.qonyrau.testsupport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class NoErrorsLoggedTest {

  private static final Logger log = LoggerFactory.getLogger(NoErrorsLoggedTest.class);

  /// A class of tests as the extension sees it.
  static final class Tested {

    void plain() {}

    @ExpectedError("on purpose")
    void declared() {}
  }

  @Test
  void failsATestThatPassedAlthoughAnErrorWasLogged() {
    assertThatThrownBy(() -> run("plain", false, () -> log.error("disk on fire")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("disk on fire");
  }

  @Test
  void allowsTheErrorThatATestDeclares() {
    run("declared", false, () -> log.error("failed on purpose"));

    assertThatThrownBy(() -> run("declared", false, () -> log.error("disk on fire")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void saysNothingAboutWarningsOrATestThatFailedAnyway() {
    run("plain", false, () -> log.warn("getting warm"));
    run("plain", true, () -> log.error("disk on fire"));
  }

  @Test
  void namesTheExceptionThatWasLogged() {
    assertThatThrownBy(() ->
            run(
                "plain",
                false,
                () -> log.atError().setCause(new IllegalStateException("why")).log("what")))
        .hasMessageContaining("what (java.lang.IllegalStateException: why)");
  }

  private static void run(String method, boolean fails, Runnable test) {
    ExtensionContext context = context(method, fails);
    NoErrorsLogged extension = new NoErrorsLogged();
    extension.beforeEach(context);
    test.run();
    extension.afterEach(context);
  }

  private static ExtensionContext context(String name, boolean fails) {
    Method method;
    try {
      method = Tested.class.getDeclaredMethod(name);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(impossible);
    }
    return (ExtensionContext)
        Proxy.newProxyInstance(
            ExtensionContext.class.getClassLoader(),
            new Class<?>[] {ExtensionContext.class},
            (_, asked, _) ->
                switch (asked.getName()) {
                  case "getRequiredTestMethod" -> method;
                  case "getRequiredTestClass" -> Tested.class;
                  case "getExecutionException" ->
                      fails ? Optional.of(new AssertionError("failed")) : Optional.empty();
                  default -> throw new UnsupportedOperationException(asked.getName());
                });
  }
}
