package kz.qonyrau.speech.piper.worker;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import kz.qonyrau.speech.models.Trees;

/// The native library of ONNX Runtime, unpacked once for all texts. It would unpack itself at every
/// start, 28 MB for each text, and leave that behind when its process is killed.
public final class NativeLibrary {

  private static final List<String> FILES = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

  private NativeLibrary() {}

  /// Unpacks it, unless that was done before by this version of the library.
  ///
  /// @param home a directory for it alone
  /// @return the directory that it is in
  /// @throws IOException if the disk fails, or there is no library for this processor
  public static Path unpacked(Path home) throws IOException {
    String version = OrtEnvironment.class.getPackage().getImplementationVersion();
    Path done = home.resolve("onnxruntime-" + (version == null ? "unknown" : version));
    if (version != null && Files.isDirectory(done)) {
      return done;
    }
    Trees.delete(home);
    Path begun = home.resolve("begun");
    Trees.makePrivate(begun);
    for (String file : FILES) {
      String name = "/ai/onnxruntime/native/linux-" + processor() + "/" + file;
      try (InputStream in = OrtEnvironment.class.getResourceAsStream(name)) {
        if (in == null) {
          throw new IOException("ONNX Runtime has no " + name + "; Piper voices need it");
        }
        Files.copy(in, begun.resolve(file));
      }
    }
    Trees.sync(begun);
    Files.move(begun, done, StandardCopyOption.ATOMIC_MOVE);
    return done;
  }

  private static String processor() {
    String name = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    return name.equals("aarch64") ? "aarch64" : "x64";
  }
}
