package kz.qonyrau.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import kz.qonyrau.speech.models.Installation;
import kz.qonyrau.speech.models.ModelFault;
import kz.qonyrau.speech.models.ModelRefusedException;
import kz.qonyrau.speech.models.Progress;

/// What is being put onto a shelf, speech models that were uploaded or made with own words, or
/// voices, as long as pages may ask how far it is: the ten that began last. Safe to use from any
/// thread.
///
/// @param <T> what they become
final class Installations<T> {

  private static final int SHOWN = 10;

  /// How far one is.
  ///
  /// @param share of the stage, 0 to 1
  /// @param modelId what it has become, once it is on the shelf
  /// @param detail why it failed, in English
  record View(
      String id,
      Optional<String> language,
      String name,
      State state,
      Optional<Progress.Stage> stage,
      double share,
      Optional<String> modelId,
      Optional<ModelFault> fault,
      Optional<String> detail) {}

  enum State {
    RUNNING,
    DONE,
    FAILED
  }

  private final class Job {

    private final String id = UUID.randomUUID().toString();
    private final Optional<String> language;
    private final String name;
    private volatile Progress progress;
    private volatile Optional<Installation<T>> installation = Optional.empty();

    Job(Optional<String> language, String name, Progress.Stage first) {
      this.language = language;
      this.name = name;
      this.progress = new Progress(first, 0, 0);
    }
  }

  private final Function<T, String> id;

  // Guarded by itself.
  private final Map<String, Job> jobs = new LinkedHashMap<>();

  /// @param id of what was put onto the shelf
  Installations(Function<T, String> id) {
    this.id = id;
  }

  /// Begins an installation, and remembers it unless it is refused at once.
  ///
  /// @param language as far as it is known
  /// @param first the stage that it begins with
  /// @param begun begins it, given whom to tell how far it is
  View begin(
      Optional<String> language,
      String name,
      Progress.Stage first,
      Function<Consumer<Progress>, Installation<T>> begun) {
    Job job = new Job(language, name, first);
    job.installation = Optional.of(begun.apply(progress -> job.progress = progress));
    synchronized (jobs) {
      jobs.put(job.id, job);
      while (jobs.size() > SHOWN) {
        jobs.remove(jobs.keySet().iterator().next());
      }
    }
    return view(job);
  }

  /// Calls one off.
  ///
  /// @return whether there is such a one
  boolean cancel(String id) {
    Job job;
    synchronized (jobs) {
      job = jobs.get(id);
    }
    if (job == null) {
      return false;
    }
    job.installation.ifPresent(Installation::cancel);
    return true;
  }

  /// All of them, the latest first.
  List<View> all() {
    List<Job> all;
    synchronized (jobs) {
      all = List.copyOf(jobs.values());
    }
    return all.reversed().stream().map(this::view).toList();
  }

  private View view(Job job) {
    Progress progress = job.progress;
    double share =
        progress.allBytes() == 0 ? 0 : (double) progress.doneBytes() / progress.allBytes();
    return job.installation
        .map(Installation::installed)
        .filter(installed -> installed.isComplete())
        .map(installed ->
            installed.succeeded()
                ? new View(
                    job.id,
                    job.language,
                    job.name,
                    State.DONE,
                    Optional.empty(),
                    1,
                    Optional.of(id.apply(installed.result())),
                    Optional.empty(),
                    Optional.empty())
                : new View(
                    job.id,
                    job.language,
                    job.name,
                    State.FAILED,
                    Optional.empty(),
                    share,
                    Optional.empty(),
                    installed.cause() instanceof ModelRefusedException refused
                        ? Optional.of(refused.fault())
                        : Optional.empty(),
                    Optional.ofNullable(installed.cause().getMessage())))
        .orElseGet(() ->
            new View(
                job.id,
                job.language,
                job.name,
                State.RUNNING,
                Optional.of(progress.stage()),
                share,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }
}
