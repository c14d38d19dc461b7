package kz.qonyrau.speech.piper;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import kz.qonyrau.speech.AddedVoices;
import kz.qonyrau.speech.Timbre;
import kz.qonyrau.speech.models.Installation;
import kz.qonyrau.speech.models.ModelBundle;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.models.Progress;
import kz.qonyrau.speech.models.ShelfThread;
import kz.qonyrau.speech.models.StagedDirectories;
import kz.qonyrau.speech.models.Trees;
import kz.qonyrau.speech.piper.worker.NativeLibrary;
import kz.qonyrau.speech.piper.worker.Program;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Piper voices of a box, which a technician uploaded.
///
/// Changes are made one after the other on a thread of the shelf, and each is on the disk as a
/// whole or not at all, whenever the power goes. A voice that is uploaded under the name of another
/// takes its place, and what speaks with the old one meanwhile comes to its end. Safe to use from
/// any thread; callers never wait.
///
/// ```
/// voices/NAME.NUMBER/card.json    what is to be said of a voice
/// voices/NAME.NUMBER/voice.onnx   its network
/// voices/NAME.NUMBER/voice.conf   what the program that speaks must know beside it
/// incoming/ outgoing/             what is being made and removed; emptied at the start
/// library/                        the native library, unpacked
/// ```
public final class PiperShelf implements AddedVoices, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PiperShelf.class);

  /// A voice that is slower than this would be slower than its calls.
  private static final Duration TRIAL = Duration.ofSeconds(60);

  /// The longest text of a campaign lasts half as long.
  private static final Duration LIMIT = Duration.ofMinutes(5);

  /// The program ends itself if the box is not there any more.
  private static final Duration END = LIMIT.plusSeconds(5);

  /// Another way to make sound of the same voice is another sound.
  private static final String WAY = "1";

  /// What a shelf needs that tests replace.
  record Means(StagedDirectories.Plug plug, ModelBundle bundles, Trials trials) {}

  /// Tries voices out; see [VoiceTrial#run].
  interface Trials {
    VoiceTrial.Result run(List<String> command, Locale language, int samplesPerSecond)
        throws IOException, InterruptedException;
  }

  private final Path home;
  private final InstantSource clock;
  private final Means means;
  private final StagedDirectories directories;
  private final ShelfThread thread = new ShelfThread("piper-voices");
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  // Guarded by this; by name.
  private final Map<String, ShelvedVoice> voices = new TreeMap<>();
  private int highest;

  private PiperShelf(Path home, InstantSource clock, Means means) throws IOException {
    this.home = home.toAbsolutePath().normalize();
    this.clock = clock;
    this.means = means;
    this.directories = StagedDirectories.open(this.home, "voices", means.plug());
    List<ShelvedVoice> cards = cards();
    for (ShelvedVoice voice : cards) {
      highest = Math.max(highest, voice.number());
      voices.merge(voice.name(), voice, PiperShelf::later);
    }
    removeReplaced(cards); // The power may have gone before that was done.
    if (!voices.isEmpty()) {
      var _ = library();
    }
  }

  private static ShelvedVoice later(ShelvedVoice one, ShelvedVoice other) {
    return one.number() > other.number() ? one : other;
  }

  /// Opens the shelf, makes it if it is not there, and removes what a crash left behind.
  ///
  /// @param directory for the shelf alone
  /// @param clock for the day on which a voice came
  /// @throws UncheckedIOException if the directory cannot be used
  public static PiperShelf open(Path directory, InstantSource clock) {
    return open(directory, clock, usual());
  }

  static Means usual() {
    return new Means(
        _ -> {},
        ModelBundle.of(PiperContent.VOICE, PiperContent.LIMITS),
        new VoiceTrial(TRIAL)::run);
  }

  static PiperShelf open(Path directory, InstantSource clock, Means means) {
    try {
      return new PiperShelf(directory, clock, means);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot use the shelf of voices " + directory, failure);
    }
  }

  /// The cards of the voices that are there. One that cannot be read is left out, and left alone.
  private List<ShelvedVoice> cards() throws IOException {
    try (Stream<Path> all = Files.list(directories.place())) {
      return all.sorted().flatMap(each -> card(each).stream()).toList();
    }
  }

  private static Optional<ShelvedVoice> card(Path directory) {
    Path file = directory.resolve("card.json");
    try {
      ShelvedVoice voice = ShelvedVoice.of(new JsonObject(Files.readString(file)));
      if (!directory.endsWith(voice.directory())) {
        throw new IllegalArgumentException("it is that of " + voice.directory());
      }
      return Optional.of(voice);
    } catch (IOException | RuntimeException damaged) {
      LOG.atError()
          .addKeyValue("card", file)
          .addKeyValue("why", String.valueOf(damaged.getMessage()))
          .log("a voice on the shelf has no readable card and cannot be used");
      return Optional.empty();
    }
  }

  private Path library() throws IOException {
    return NativeLibrary.unpacked(home.resolve("library"));
  }

  /// The voices, by name.
  public synchronized List<ShelvedVoice> shelved() {
    return List.copyOf(voices.values());
  }

  @Override
  public List<Added> voices() {
    return shelved().stream().map(this::added).toList();
  }

  private Added added(ShelvedVoice voice) {
    return new Added(
        voice.profile(),
        command(directories.finished(voice.directory())),
        voice.sha256() + " " + WAY,
        voice.samplesPerSecond(),
        LIMIT);
  }

  private List<String> command(Path voice) {
    try {
      return Program.command(voice, library(), END);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot unpack the library that Piper voices need", failure);
    }
  }

  @Override
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// Removes the files of a voice that another one has taken the place of.
  @Override
  public void released(Added voice) {
    var _ =
        thread
            .order(() -> removeReplaced(cards()))
            .onFailure(failure ->
                LOG.atWarn()
                    .addKeyValue("voice", voice.profile().id())
                    .setCause(failure)
                    .log("the files of a voice that was replaced stay until the next start"));
  }

  private void removeReplaced(List<ShelvedVoice> cards) throws IOException {
    Set<String> there = shelved().stream().map(ShelvedVoice::directory).collect(Collectors.toSet());
    for (ShelvedVoice card : cards) {
      if (!there.contains(card.directory())) {
        directories.remove(card.directory());
      }
    }
  }

  /// Unpacks an uploaded archive, has the voice speak a test sentence, and puts it onto the shelf.
  /// From then on campaigns can choose it. If there is one with its name, it takes its place.
  ///
  /// @param timbre what kind of voice it is, by what the technician says
  /// @param zip stays where it is, and must stay as it is until the installation has ended
  /// @param sha256 what the archive's SHA-256 must be, if that is known: 64 hexadecimal digits
  /// @param progress told how far it is, often, on a thread of the shelf; must not block
  /// @throws IllegalArgumentException if the sum is none
  public Installation<ShelvedVoice> install(
      Timbre timbre, Path zip, Optional<String> sha256, Consumer<Progress> progress) {
    if (sha256.isPresent() && !sha256.get().matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException("sha256: 64 hexadecimal digits");
    }
    Installation<ShelvedVoice> installation = new Installation<>();
    thread.ask(
        () -> {
          installation.requireWanted();
          ShelvedVoice voice = made(installation, timbre, zip, sha256, progress);
          LOG.atInfo()
              .addKeyValue("voice", voice.id())
              .addKeyValue("language", voice.language().getLanguage())
              .addKeyValue("mib", voice.bytes() >> 20)
              .addKeyValue("tookMs", voice.took().toMillis())
              .log("voice is on the shelf");
          listeners.forEach(Runnable::run);
          return voice;
        },
        installation.promise());
    return installation;
  }

  private ShelvedVoice made(
      Installation<ShelvedVoice> installation,
      Timbre timbre,
      Path zip,
      Optional<String> sha256,
      Consumer<Progress> progress)
      throws IOException, InterruptedException {
    String begun = "voice";
    boolean shelved = false;
    try {
      directories.begin(begun);
      Path unpacked = directories.begun(begun);
      String sum =
          means
              .bundles()
              .unpack(
                  zip,
                  sha256,
                  unpacked,
                  (stage, done, all) -> {
                    installation.requireWanted();
                    progress.accept(new Progress(stage, done, all));
                  });
      installation.requireWanted();
      progress.accept(new Progress(Progress.Stage.VERIFYING, 0, 0));
      ShelvedVoice voice = tried(unpacked, timbre, sum);
      installation.requireWanted();
      Files.move(unpacked, directories.begun(voice.directory()), StandardCopyOption.ATOMIC_MOVE);
      begun = voice.directory();
      directories.finish(begun, voice.json().encodePrettily());
      shelved = true;
      synchronized (this) {
        highest = voice.number();
        voices.put(voice.name(), voice);
      }
      return voice;
    } catch (IOException failure) {
      if (String.valueOf(failure.getMessage()).contains("No space left")) {
        throw new ModelRefusedException(
            ModelFault.NO_ROOM, "the disk is full; remove voices that are not needed", failure);
      }
      throw failure;
    } finally {
      if (!shelved) {
        directories.abandon(begun);
      }
    }
  }

  /// Checks what was unpacked, and has it speak.
  private ShelvedVoice tried(Path unpacked, Timbre timbre, String sum)
      throws IOException, InterruptedException {
    String name = name(unpacked);
    VoiceConfiguration configuration =
        VoiceConfiguration.read(unpacked.resolve(name + PiperContent.CONFIGURATION));
    Files.move(
        unpacked.resolve(name + PiperContent.NETWORK),
        unpacked.resolve(Program.MODEL),
        StandardCopyOption.ATOMIC_MOVE);
    configuration.file().write(unpacked.resolve(Program.SETTINGS));
    int rate = configuration.file().samplesPerSecond();
    Locale language = configuration.language();
    VoiceTrial.Result result = means.trials().run(command(unpacked), language, rate);
    int number;
    synchronized (this) {
      number = highest + 1;
    }
    return new ShelvedVoice(
        name,
        number,
        language,
        timbre,
        sum,
        Trees.bytes(unpacked),
        rate,
        configuration.file().speakers(),
        result.spoken(),
        result.took(),
        clock.instant());
  }

  private static String name(Path unpacked) throws IOException {
    return Trees.files(unpacked).stream()
        .map(Path::toString)
        .filter(file -> file.endsWith(PiperContent.NETWORK))
        .map(PiperContent::name)
        .findFirst()
        .orElseThrow(() -> new IOException("the voice's network is gone"));
  }

  /// Removes a voice from the shelf and the disk. What it is speaking fails; campaigns that have
  /// chosen it cannot speak (AC-TTS-05).
  ///
  /// @return fails with [ModelRefusedException] if there is no such voice
  public Future<Void> remove(String id) {
    return thread.order(() -> {
      ShelvedVoice voice;
      synchronized (this) {
        voice =
            voices.values().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow(() ->
                    new ModelRefusedException(
                        ModelFault.UNKNOWN_MODEL, "there is no such voice on the shelf"));
      }
      try {
        directories.remove(voice.directory());
      } finally {
        if (!Files.exists(directories.finished(voice.directory()))) {
          synchronized (this) {
            voices.remove(voice.name());
          }
          listeners.forEach(Runnable::run);
        }
      }
      LOG.atInfo().addKeyValue("voice", id).log("voice is no longer on the shelf");
    });
  }

  /// Calls off what is being made.
  @Override
  public void close() {
    thread.close();
  }
}
