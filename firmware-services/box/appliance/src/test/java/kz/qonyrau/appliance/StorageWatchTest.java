package kz.qonyrau.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import kz.qonyrau.appliance.StorageWatch.Level;
import kz.qonyrau.appliance.StorageWatch.Usage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("PLT-17")
@Tag("EX-RET-3")
class StorageWatchTest {

  private Usage disk = new Usage(0, 1000);
  private final StorageWatch watch = new StorageWatch(new Settings.Storage(80, 90), () -> disk);

  private Level at(long used) {
    disk = new Usage(used, 1000);
    watch.look();
    return watch.level();
  }

  @Test
  void warnsAndStopsWhereItShould() {
    assertThat(at(799)).isEqualTo(Level.GOOD);
    assertThat(at(800)).isEqualTo(Level.FILLING);
    assertThat(watch.mayRecord()).isTrue();
    assertThat(at(899)).isEqualTo(Level.FILLING);
    assertThat(at(900)).isEqualTo(Level.FULL);
    assertThat(watch.mayRecord()).isFalse();
    assertThat(at(950)).isEqualTo(Level.FULL);
    assertThat(watch.usage()).isEqualTo(new Usage(950, 1000));
  }

  @Test
  void doesNotComeAndGoAtTheEdge() {
    assertThat(at(900)).isEqualTo(Level.FULL);
    assertThat(at(880)).isEqualTo(Level.FULL);
    assertThat(at(879)).isEqualTo(Level.FILLING);
    assertThat(at(899)).isEqualTo(Level.FILLING);
    assertThat(at(780)).isEqualTo(Level.FILLING);
    assertThat(at(779)).isEqualTo(Level.GOOD);
    assertThat(at(799)).isEqualTo(Level.GOOD);
  }

  @Test
  void aDiskOfWhichNothingIsKnownStopsNothing() {
    disk = new Usage(0, 0);
    watch.look();

    assertThat(watch.level()).isEqualTo(Level.GOOD);
  }

  @Test
  void asksTheDisk(@TempDir Path directory) {
    Usage usage = Usage.of(directory);

    assertThat(usage.total()).isPositive();
    assertThat(usage.used()).isBetween(1L, usage.total());
  }
}
