package kz.qonyrau.carrier;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A certification authority of the carrier's own and a server certificate by it, made anew at each
/// start with the JDK's keytool, so that nothing has to be fetched and no key lies in a repository.
final class CarrierKeys {

  // It opens files that are gone when this class is done.
  private static final String PASSWORD = "rehearsal";
  private static final long PATIENCE_SECONDS = 60;

  private CarrierKeys() {}

  static Path authority(Path directory) {
    return directory.resolve("ca.pem");
  }

  static Path certificate(Path directory) {
    return directory.resolve("server.pem");
  }

  static Path key(Path directory) {
    return directory.resolve("server.key");
  }

  static void make(Path directory) throws IOException, InterruptedException {
    Path store = directory.resolve("made.p12");
    var _ = Files.deleteIfExists(store);
    keytool(store, "-alias", "ca", "-dname", "CN=Rehearsal Authority", "-ext", "bc:c=ca:true");
    keytool(
        store,
        "-alias",
        "server",
        "-dname",
        "CN=127.0.0.1",
        "-signer",
        "ca",
        "-ext",
        "san=ip:127.0.0.1,dns:localhost");
    try (InputStream made = Files.newInputStream(store)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(made, PASSWORD.toCharArray());
      put(authority(directory), "CERTIFICATE", keys.getCertificate("ca").getEncoded());
      put(certificate(directory), "CERTIFICATE", keys.getCertificate("server").getEncoded());
      Key key = keys.getKey("server", PASSWORD.toCharArray());
      put(key(directory), "PRIVATE KEY", key.getEncoded());
      Files.setPosixFilePermissions(key(directory), PosixFilePermissions.fromString("rw-------"));
    } catch (GeneralSecurityException failure) {
      throw new IOException("the carrier's keys cannot be read", failure);
    } finally {
      var _ = Files.deleteIfExists(store);
    }
  }

  private static void keytool(Path store, String... what) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "30"));
    command.addAll(List.of(what));
    Process tool = new ProcessBuilder(command).redirectErrorStream(true).start();
    tool.getOutputStream().close();
    String said = new String(tool.getInputStream().readAllBytes(), UTF_8).strip();
    if (!tool.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || tool.exitValue() != 0) {
      throw new IOException("keytool makes no keys for the carrier: " + said);
    }
  }

  private static void put(Path file, String what, byte[] content) throws IOException {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    Files.writeString(
        file,
        "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n",
        US_ASCII);
  }
}
