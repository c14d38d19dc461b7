package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import kz.qonyrau.testsupport.ExpectedError;
import org.junit.jupiter.api.Test;

class PartsTest {

  private final Parts parts = new Parts();
  private final List<String> closed = new ArrayList<>();

  @Test
  void whatWasOpenedLastIsClosedFirst() {
    assertThat(parts.keep("a store", "store", closed::add)).isEqualTo("store");
    var _ = parts.keep("a console", "console", closed::add);

    parts.close();
    parts.close();

    assertThat(closed).containsExactly("console", "store");
  }

  @Test
  @ExpectedError("did not close in good order")
  void aPartThatFailsToCloseDoesNotKeepTheOthersOpen() {
    var _ = parts.keep("a store", "store", closed::add);
    var _ =
        parts.keep(
            "a console",
            "console",
            _ -> {
              throw new IOException("the disk is gone");
            });

    parts.close();

    assertThat(closed).containsExactly("store");
  }
}
