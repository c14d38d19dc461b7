package kz.qonyrau.appliance;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How full the disk is that everything is kept on: from a first level on it is told, from a second
/// one on nothing new is recorded (PLT-17, P-05). Nothing is ever deleted to make room.
final class StorageWatch {

  private static final Logger log = LoggerFactory.getLogger(StorageWatch.class);

  /// A level is left only so far below where it begins, so that it does not come and go.
  private static final int SLACK_PERCENT = 2;

  /// @param total bytes; 0 if it cannot be known
  record Usage(long used, long total) {

    /// Of the disk that holds this directory.
    static Usage of(Path directory) {
      // Not a FileStore, which there is none of where no mount point is known, as below a chroot.
      long total = directory.toFile().getTotalSpace();
      return new Usage(total == 0 ? 0 : total - directory.toFile().getUsableSpace(), total);
    }

    private boolean isFrom(int percent) {
      return total > 0 && used >= total / 100 * percent;
    }
  }

  /// What there is room for.
  enum Level {
    GOOD,
    /// Somebody has to make room soon.
    FILLING,
    /// Nothing new is recorded.
    FULL
  }

  private final Settings.Storage levels;
  private final Supplier<Usage> disk;
  private volatile Usage usage;
  private volatile Level level = Level.GOOD;

  /// Looks once.
  StorageWatch(Settings.Storage levels, Supplier<Usage> disk) {
    this.levels = levels;
    this.disk = disk;
    this.usage = disk.get();
    look();
  }

  /// Asks the disk, which may take a moment.
  void look() {
    Usage now = disk.get();
    Level before = level;
    Level next = next(now, before);
    usage = now;
    level = next;
    if (next != before) {
      log.atWarn()
          .addKeyValue("level", next)
          .addKeyValue("usedBytes", now.used)
          .addKeyValue("totalBytes", now.total)
          .log(
              switch (next) {
                case GOOD -> "the disk has room again";
                case FILLING -> "the disk fills up; make room before recording has to stop";
                case FULL -> "the disk is full; campaigns that record wait until there is room";
              });
    }
  }

  private Level next(Usage now, Level before) {
    int slackFull = before == Level.FULL ? SLACK_PERCENT : 0;
    if (now.isFrom(levels.fullPercent() - slackFull)) {
      return Level.FULL;
    }
    int slack = before == Level.GOOD ? 0 : SLACK_PERCENT;
    return now.isFrom(levels.warningPercent() - slack) ? Level.FILLING : Level.GOOD;
  }

  /// As of the last look.
  Usage usage() {
    return usage;
  }

  /// As of the last look.
  Level level() {
    return level;
  }

  /// Whether there is room for recordings.
  boolean mayRecord() {
    return level != Level.FULL;
  }
}
