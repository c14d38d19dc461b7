package kz.qonyrau.testsupport;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Says that a test, or every test of a class, may log errors whose message contains `value`. See
/// [NoErrorsLogged].
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface ExpectedError {

  /// Parts of messages; each error logged must contain one of them.
  String[] value();
}
