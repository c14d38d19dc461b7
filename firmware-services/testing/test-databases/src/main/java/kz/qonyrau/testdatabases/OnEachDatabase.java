package kz.qonyrau.testdatabases;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs every test of the class on Derby, and then all again on PostgreSQL. A `TemporaryStore`
/// finds out by itself which it is; who opens stores of his own has a [TestDatabase] for the
/// parameter of his constructor.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ClassTemplate
@ExtendWith(EachDatabase.class)
public @interface OnEachDatabase {}
