package kz.qonyrau.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/// The built pages, read once into memory and served from there: a path is looked up among the
/// files that were there at the start, so no path leads out of the directory. What is no file is an
/// address of the application in whose directory it is, and gets the nearest `index.html`.
final class Pages {

  private static final long TOTAL_MAX = 64L * 1024 * 1024;
  private static final int WORTH_COMPRESSING = 1024;
  private static final String INDEX = "/index.html";
  private static final Map<String, String> MEDIA_TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("map", "application/json"));

  private static final String NOT_BUILT =
      "<!doctype html><meta charset=utf-8><title>Qonyrau</title>"
          + "<p>The pages are not built. The API answers under /api.";

  private final Map<String, PageFile> files;

  private Pages(Map<String, PageFile> files) {
    this.files = Map.copyOf(files);
  }

  /// Reads a directory, at most 64 MiB of it. Blocks; call it while starting.
  ///
  /// @throws UncheckedIOException if it cannot be read
  /// @throws IllegalStateException if it is larger, or has no `index.html`
  static Pages read(Optional<Path> directory) {
    if (directory.isEmpty()) {
      byte[] text = NOT_BUILT.getBytes(java.nio.charset.StandardCharsets.UTF_8);
      return new Pages(Map.of(INDEX, PageFile.of(INDEX, text)));
    }
    Map<String, PageFile> files = new HashMap<>();
    long total = 0;
    try (Stream<Path> all = Files.walk(directory.get())) {
      List<Path> regular = all.filter(Files::isRegularFile).toList();
      for (Path file : regular) {
        total += Files.size(file);
        if (total > TOTAL_MAX) {
          throw new IllegalStateException("more than 64 MiB of pages in " + directory.get());
        }
        StringBuilder name = new StringBuilder();
        for (Path part : directory.get().relativize(file)) {
          name.append('/').append(part);
        }
        files.put(name.toString(), PageFile.of(name.toString(), Files.readAllBytes(file)));
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read the pages", unreadable);
    }
    if (!files.containsKey(INDEX)) {
      throw new IllegalStateException("no index.html in " + directory.get());
    }
    return new Pages(files);
  }

  /// Answers GET and HEAD for anything outside `/api`.
  void serve(HttpServerRequest request, String normalizedPath) {
    PageFile file = files.get(normalizedPath);
    boolean hashed = normalizedPath.contains("/assets/");
    HttpServerResponse response = request.response();
    if (file == null) {
      boolean looksLikeFile =
          normalizedPath.lastIndexOf('.') > normalizedPath.lastIndexOf('/') || hashed;
      if (looksLikeFile) {
        throw Problem.notFound("page");
      }
      file = application(normalizedPath);
    }
    PageFile found = file;
    response
        .putHeader(
            HttpHeaders.CACHE_CONTROL, hashed ? "public, max-age=31536000, immutable" : "no-cache")
        .putHeader(HttpHeaders.ETAG, found.tag)
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    if (found.tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
      var _ = response.setStatusCode(304).end();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, found.mediaType);
    String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    boolean gzip = found.gzip.length > 0 && accepted != null && accepted.contains("gzip");
    byte[] body = gzip ? found.gzip : found.plain;
    response.putHeader(HttpHeaders.CONTENT_ENCODING, gzip ? "gzip" : "identity");
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length));
    if (request.method().name().equals("HEAD")) {
      var _ = response.end();
    } else {
      var _ = response.end(Buffer.buffer(body));
    }
  }

  /// The application in whose directory an address is; in the end the one of the root.
  private PageFile application(String address) {
    String directory = address;
    while (!directory.isEmpty()) {
      PageFile index = files.get(directory + INDEX);
      if (index != null) {
        return index;
      }
      directory = directory.substring(0, directory.lastIndexOf('/'));
    }
    return Objects.requireNonNull(files.get(INDEX));
  }

  private static final class PageFile {

    private final String mediaType;
    private final String tag;
    private final byte[] plain;
    private final byte[] gzip;

    private PageFile(String mediaType, String tag, byte[] plain, byte[] gzip) {
      this.mediaType = mediaType;
      this.tag = tag;
      this.plain = plain;
      this.gzip = gzip;
    }

    static PageFile of(String name, byte[] bytes) {
      String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
      String type = MEDIA_TYPES.getOrDefault(ending, "application/octet-stream");
      boolean text = type.startsWith("text/") || type.contains("json") || type.contains("svg");
      byte[] gzip = text && bytes.length >= WORTH_COMPRESSING ? compress(bytes) : new byte[0];
      return new PageFile(type, tag(bytes), bytes, gzip);
    }

    private static byte[] compress(byte[] bytes) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      } catch (IOException inMemory) {
        throw new UncheckedIOException(inMemory);
      }
      return out.toByteArray();
    }

    private static String tag(byte[] bytes) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
      } catch (NoSuchAlgorithmException everyJavaHasIt) {
        throw new IllegalStateException(everyJavaHasIt);
      }
    }
  }
}
