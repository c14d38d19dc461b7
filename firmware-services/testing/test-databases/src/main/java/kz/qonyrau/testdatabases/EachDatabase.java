package kz.qonyrau.testdatabases;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContext;
import org.junit.jupiter.api.extension.ClassTemplateInvocationContextProvider;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// What [OnEachDatabase] does. JUnit's own parameterised classes tell an extension only of
/// parameters that the class has a field for.
final class EachDatabase implements ClassTemplateInvocationContextProvider {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(EachDatabase.class);

  static TestDatabase of(ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .getOrDefault(TestDatabase.class, TestDatabase.class, TestDatabase.DERBY);
  }

  @Override
  public boolean supportsClassTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<Turn> provideClassTemplateInvocationContexts(ExtensionContext context) {
    return Stream.of(TestDatabase.values()).map(Turn::new);
  }

  /// All tests of the class on one of them.
  record Turn(TestDatabase product) implements ClassTemplateInvocationContext, ParameterResolver {

    @Override
    public String getDisplayName(int invocationIndex) {
      return product.name();
    }

    @Override
    public void prepareInvocation(ExtensionContext context) {
      context.getStore(NAMESPACE).put(TestDatabase.class, product);
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == TestDatabase.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return product;
    }
  }
}
