package kz.qonyrau.appliance;

import io.vertx.core.Future;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import kz.qonyrau.ledger.BookHead;
import kz.qonyrau.ledger.Ledger;
import kz.qonyrau.speech.RecognitionState;
import kz.qonyrau.telephony.TelephonyState;

/// Facts about the program and the machine, for a technician far away (PLT-13): versions, sizes and
/// counts, and nothing that a customer wrote, said or dialled.
final class Diagnostics implements Supplier<Future<Map<String, String>>> {

  private static final int LONGEST_VALUE = 100;

  private final Path data;
  private final Path asteriskBundle;
  private final Ledger ledger;
  private final Supplier<TelephonyState> telephony;
  private final Supplier<RecognitionState> recognition;
  private final Supplier<ClockTrust> clock;
  private final LongSupplier outboxDepth;
  private final ErrorCount errors;

  Diagnostics(
      Path data,
      Path asteriskBundle,
      Ledger ledger,
      Supplier<TelephonyState> telephony,
      Supplier<RecognitionState> recognition,
      Supplier<ClockTrust> clock,
      LongSupplier outboxDepth,
      ErrorCount errors) {
    this.data = data;
    this.asteriskBundle = asteriskBundle;
    this.ledger = ledger;
    this.telephony = telephony;
    this.recognition = recognition;
    this.clock = clock;
    this.outboxDepth = outboxDepth;
    this.errors = errors;
  }

  @Override
  public Future<Map<String, String>> get() {
    return ledger.head().map(this::facts);
  }

  private Map<String, String> facts(BookHead head) {
    Map<String, Object> facts = new TreeMap<>();
    facts.put("program", Assembly.VERSION);
    facts.put("java", Runtime.version());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("machine", System.getProperty("os.arch"));
    facts.put("asterisk", asteriskBundle.toAbsolutePath().normalize().getFileName());
    facts.put("asterisk.state", telephony.get().asterisk());
    facts.put("asterisk.restarts", telephony.get().restarts());
    facts.put("trunk", telephony.get().trunk().reachable() ? "REACHABLE" : "UNREACHABLE");
    facts.put("uptime.ms", ManagementFactory.getRuntimeMXBean().getUptime());
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("load", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    facts.put("heap.used", Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
    facts.put("heap.most", Runtime.getRuntime().maxMemory());
    File disk = data.toFile();
    facts.put("disk.total", disk.getTotalSpace());
    facts.put("disk.free", disk.getUsableSpace());
    facts.put("database", bytesBelow(data.resolve("database")));
    facts.put("outbox", outboxDepth.getAsLong());
    facts.put("ledger.rows", head.rows());
    facts.put("clock", clock.get());
    facts.put("errors", errors.count());
    for (RecognitionState.Language language : recognition.get().languages()) {
      facts.put("recognition." + language.code(), language.condition());
      facts.put("recognition." + language.code() + ".restarts", language.deaths());
    }
    Map<String, String> texts = new TreeMap<>();
    facts.forEach((name, value) -> texts.put(name, printable(String.valueOf(value))));
    return texts;
  }

  /// As an answer takes it: at most 100 visible ASCII characters.
  private static String printable(String value) {
    String cut = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
    return cut.replaceAll("[^ -~]", "?");
  }

  /// The size of what lies there; -1 if it cannot be read to the end.
  private static long bytesBelow(Path directory) {
    long[] sum = {0};
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              sum[0] += attributes.size();
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
              return FileVisitResult.CONTINUE;
            }
          });
      return sum[0];
    } catch (IOException _) {
      return -1;
    }
  }
}
