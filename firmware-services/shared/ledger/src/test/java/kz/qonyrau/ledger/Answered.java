package kz.qonyrau.ledger;

import static kz.qonyrau.testsupport.Eventually.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What processes of [KilledLedger] said that the ledger had answered them.
final class Answered {

  private final Set<String> held = new HashSet<>();
  private final Map<String, Long> settled = new HashMap<>();

  /// A process with the class path of the tests.
  ///
  /// @param words options of the JVM, the class and its arguments
  static ProcessBuilder process(String... words) {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of(words));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /// Starts the process, kills it as soon as it has said so much, and reads what it said.
  void runAndKill(ProcessBuilder program, int lines) throws IOException, InterruptedException {
    Process process = program.start();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      int read = 0;
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        read(line);
        read++;
        if (read == lines) {
          // SIGKILL; through the handle, which leaves the pipe open to be read to its end.
          assertThat(process.toHandle().destroyForcibly()).isTrue();
        }
      }
      assertThat(read).as("lines").isGreaterThanOrEqualTo(lines);
      assertThat(process.waitFor()).isEqualTo(128 + 9);
    } finally {
      process.destroyForcibly();
    }
  }

  void read(String line) {
    assertThat(line).doesNotStartWith("WRONG");
    String[] words = line.split(" ", -1);
    if (!words[words.length - 1].equals(".")) {
      return; // Cut by the kill.
    }
    switch (words[0]) {
      case "HELD" -> assertThat(held.add(words[1])).isTrue();
      case "SETTLED" -> assertThat(settled.put(words[1], Long.valueOf(words[2]))).isNull();
      default -> assertThat(words[0]).isEqualTo("FUNDED");
    }
  }

  int held() {
    return held.size();
  }

  int settled() {
    return settled.size();
  }

  /// What was charged by the calls that were answered, in tiyn.
  long charged() {
    return settled.values().stream().mapToLong(Long::longValue).sum();
  }

  void requireIn(Ledger ledger) {
    for (String id : held) {
      Optional<HeldMoney> hold = answer(ledger.findHold(id));
      assertThat(hold).as(id).isPresent();
      Long cost = settled.get(id);
      if (cost != null) {
        assertThat(hold.get().captured().tiyn()).as(id).isEqualTo(cost);
        assertThat(hold.get().state()).as(id).isNotEqualTo(HoldState.HELD);
      }
    }
  }
}
