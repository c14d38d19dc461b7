package kz.qonyrau.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.bench.Bench.Place;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.speech.InstalledVoices;
import kz.qonyrau.speech.Sealer;
import kz.qonyrau.speech.VoiceProfile;

/// How fast the voices speak through the box's service, reading rules, loudness and sealed cache
/// included, beside the voice's own program and SoX started by hand on the same texts; how long the
/// first sound of a new text takes; and how long one that was said before.
final class VoiceRate {

  private static final int TEXTS = Integer.getInteger("texts", 40);
  private static final int BYTES_PER_SECOND = 16_000;
  private static final Locale RUSSIAN = Locale.of("ru");

  Figure run(Place place) throws Exception {
    List<String> texts = texts();
    Path cache = place.data().resolve("prompts");
    Vault vault = Vault.open(Files.createDirectory(place.data().resolve("keys")));
    Map<String, Double> details = new LinkedHashMap<>();
    try (InstalledVoices voices =
        InstalledVoices.open(
            Optional.of(place.bundles().voices()), cache, new Sealed(vault), 10_000)) {
      // Once, so that programs and libraries are in the machine's memory for both.
      var _ = say(voices, "Здравствуйте", Optional.empty());
      for (VoiceProfile voice : voices.all()) {
        details.put("speechPerSecond." + voice.id(), rate(voices, voice));
      }
      double[] ours = all(voices, texts);
      double[] again = all(voices, texts);
      double[] bare = bare(place, texts);
      details.put("speechSeconds", ours[0]);
      details.put("textToSoundMillisP50", ours[2]);
      details.put("textToSoundMillisP95", ours[3]);
      details.put("cachedMillisP50", again[2]);
      details.put("cachedMillisP95", again[3]);
      double value = ours[0] / ours[1];
      double baseline = bare[0] / bare[1];
      return new Figure(
          "voices",
          value,
          "seconds of speech per second, one text after another, none said before",
          baseline,
          "the same voice's program and SoX by hand, without reading rules, loudness or cache",
          value / baseline,
          "value / baseline",
          details);
    }
  }

  private static List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      texts.add(
          "Здравствуйте. Ваш заказ номер %d на сумму %d ₸ готов, его можно забрать до %02d:30."
              .formatted(100_000 + 7919 * i, 990 + 1310 * i, 10 + i % 9));
    }
    return texts;
  }

  private static byte[] say(InstalledVoices voices, String text, Optional<String> voice)
      throws Exception {
    return voices.say(text, RUSSIAN, voice).await(1, TimeUnit.MINUTES);
  }

  private static double rate(InstalledVoices voices, VoiceProfile voice) throws Exception {
    String text =
        switch (voice.language().getLanguage()) {
          case "kk" ->
              "Сәлеметсіз бе. Тапсырысыңыз дайын, оны бүгін сағат онға дейін алуға болады.";
          case "en" -> "Hello. Your order is ready, you can collect it until ten o'clock today.";
          default -> "Здравствуйте. Ваш заказ готов, его можно забрать сегодня до десяти часов.";
        };
    long begun = System.nanoTime();
    byte[] pcm =
        voices.say(text, voice.language(), Optional.of(voice.id())).await(1, TimeUnit.MINUTES);
    return pcm.length / (double) BYTES_PER_SECOND / seconds(begun);
  }

  /// Seconds of speech, seconds taken, and the median and 95th percentile of a text in
  /// milliseconds.
  private static double[] all(InstalledVoices voices, List<String> texts) throws Exception {
    double speech = 0;
    double[] millis = new double[texts.size()];
    long begun = System.nanoTime();
    for (int i = 0; i < millis.length; i++) {
      long from = System.nanoTime();
      speech += say(voices, texts.get(i), Optional.empty()).length / (double) BYTES_PER_SECOND;
      millis[i] = seconds(from) * 1000;
    }
    double taken = seconds(begun);
    Arrays.sort(millis);
    return new double[] {
      speech, taken, millis[millis.length / 2], millis[millis.length * 95 / 100]
    };
  }

  /// The same by hand: as whoever has no box would do it.
  private static double[] bare(Place place, List<String> texts) throws Exception {
    Path bundle = place.bundles().voices();
    Path libraries = bundle.resolve("lib");
    String voice =
        Files.readAllLines(bundle.resolve("voices.conf")).stream()
            .filter(line -> line.contains("Russian"))
            .findFirst()
            .orElseThrow()
            .split("\\s+", 2)[0];
    List<String> command =
        List.of(
            "sh",
            "-c",
            "\"$@\" | sox -V1 -t wav --ignore-length - -t raw -r 8000 -e signed-integer -b 16 -c 1 -",
            "sh",
            libraries.resolve("ld-linux-x86-64.so.2").toString(),
            "--inhibit-cache",
            "--library-path",
            libraries.toString(),
            bundle.resolve("bin/RHVoice-test").toString(),
            "-p",
            voice,
            "-o",
            "-");
    double speech = 0;
    long begun = System.nanoTime();
    for (String text : texts) {
      speech += byHand(command, bundle, text) / (double) BYTES_PER_SECOND;
    }
    return new double[] {speech, seconds(begun)};
  }

  private static int byHand(List<String> command, Path bundle, String text) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("RHVOICE_DATA_PATH", bundle.resolve("data").toString());
    builder.environment().put("RHVOICE_CONFIG_PATH", bundle.resolve("config").toString());
    Process process = builder.start();
    try (OutputStream to = process.getOutputStream()) {
      to.write(text.getBytes(StandardCharsets.UTF_8));
    }
    int bytes = process.getInputStream().readAllBytes().length;
    if (process.waitFor() != 0 || bytes == 0) {
      throw new IOException("the voice by hand did not speak");
    }
    return bytes;
  }

  private static double seconds(long begun) {
    return (System.nanoTime() - begun) / 1e9;
  }

  /// The box's own way to keep prompts.
  private record Sealed(Vault vault) implements Sealer {

    @Override
    public byte[] seal(byte[] plain, String context) {
      return vault.seal(plain, context);
    }

    @Override
    public byte[] open(byte[] sealed, String context) {
      return vault.open(sealed, context);
    }
  }
}
