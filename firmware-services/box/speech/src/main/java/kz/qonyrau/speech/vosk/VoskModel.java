package kz.qonyrau.speech.vosk;

import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.vosk.LibVosk;
import org.vosk.LogLevel;
import org.vosk.Model;

/// A speech model in memory. One serves any number of listenings at once.
///
/// Belongs to the [VoskRecognizer] it is given to, which closes it after its last listening.
public final class VoskModel implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(VoskModel.class);

  static {
    // Vosk speaks UTF-8 whatever the process's locale says. JNA would follow the locale, and on a
    // machine without one every Cyrillic word would turn into question marks. It reads the property
    // when Vosk's library is first touched, which only happens in this class.
    System.setProperty("jna.encoding", "UTF-8");
  }

  private final ModelDirectory directory;
  private final Model model;

  private VoskModel(ModelDirectory directory, Model model) {
    this.directory = directory;
    this.model = model;
  }

  /// Loads the model in `directory`, any one in Vosk's layout for telephone audio. Blocks for a
  /// tenth of a second for a small model, and for some seconds for a large one.
  ///
  /// @throws ModelUnusableException if the directory is not such a model; native code has then not
  ///   seen it, unless the message says that it refused it
  public static VoskModel open(Path directory) {
    ModelDirectory checked = ModelDirectory.check(directory.toAbsolutePath().normalize());
    LibVosk.setLogLevel(LogLevel.WARNINGS);
    try {
      VoskModel opened = new VoskModel(checked, new Model(checked.path().toString()));
      LOG.atInfo()
          .addKeyValue("directory", checked.path())
          .addKeyValue("words", checked.vocabulary().size())
          .addKeyValue("phraseLists", checked.takesPhrases())
          .log("speech model loaded");
      if (!checked.vocabulary().rejects()) {
        LOG.atWarn()
            .addKeyValue("directory", checked.path())
            .log("this speech model has no [unk] and takes foreign words for listed ones");
      }
      return opened;
    } catch (IOException e) {
      throw new ModelUnusableException("Vosk refuses the model in " + checked.path(), e);
    }
  }

  /// Where it was loaded from.
  public Path directory() {
    return directory.path();
  }

  /// How many words it knows, ё and е not told apart.
  public int words() {
    return directory.vocabulary().size();
  }

  /// Whether it can be limited to a list of phrases while it runs. If not, phrases are only
  /// compared with what was heard, and are understood less often.
  public boolean takesPhrases() {
    return directory.takesPhrases();
  }

  Vocabulary vocabulary() {
    return directory.vocabulary();
  }

  Model model() {
    return model;
  }

  @Override
  public void close() {
    model.close();
  }
}
