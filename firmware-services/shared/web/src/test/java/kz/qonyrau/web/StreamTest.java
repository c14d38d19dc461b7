package kz.qonyrau.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import kz.qonyrau.testsupport.ExpectedError;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Downloads that are made while they are sent.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("PLT-22")
class StreamTest {

  private static final int CHUNK = 64 * 1024;

  private static TestDoor at;
  private static String owner;

  @BeforeAll
  static void open() {
    at = new TestDoor();
    owner = at.cookieOf("owner");
  }

  @AfterAll
  static void close() {
    at.close();
  }

  /// What is written, and whether it was closed.
  private abstract static class Watched implements Outflow {

    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private static HttpResponse<byte[]> download() throws IOException, InterruptedException {
    return at.http.send(
        at.to("/api/archive").header("Cookie", owner).build(), BodyHandlers.ofByteArray());
  }

  private static void requireClosed(Watched outflow) throws InterruptedException {
    assertThat(outflow.closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void everyByteArrivesInWhateverPiecesItIsWritten() throws Exception {
    byte[] all = new byte[3 * CHUNK + 17];
    new Random(7).nextBytes(all);
    Watched outflow =
        new Watched() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(all[0]);
            out.write(all, 1, CHUNK - 1);
            out.write(all, CHUNK, 2 * CHUNK + 16);
            out.flush();
            out.write(all[all.length - 1]);
          }
        };
    at.archive = outflow;

    HttpResponse<byte[]> answer = download();

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(all);
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains("attachment; filename=\"all.zip\"");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/zip");
    assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(answer.headers().firstValue("Content-Length")).isEmpty();
    requireClosed(outflow);
  }

  @Test
  void theFirstBytesArriveBeforeTheLastAreMade() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    Watched outflow =
        new Watched() {
          @Override
          public void writeTo(OutputStream out) throws Exception {
            out.write(new byte[CHUNK]);
            if (!seen.await(20, TimeUnit.SECONDS)) {
              throw new IllegalStateException("nothing arrived");
            }
            out.write(new byte[CHUNK]);
          }
        };
    at.archive = outflow;

    HttpResponse<InputStream> answer =
        at.http.send(
            at.to("/api/archive").header("Cookie", owner).build(), BodyHandlers.ofInputStream());
    try (InputStream body = answer.body()) {
      assertThat(body.read()).isZero();
      seen.countDown();
      assertThat(body.readAllBytes()).hasSize(2 * CHUNK - 1);
    }
    requireClosed(outflow);
  }

  @Test
  @ExpectedError("half-way")
  void whatFailsHalfWayArrivesAsBrokenAndNotAsWhole() throws Exception {
    Watched outflow =
        new Watched() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            out.write(new byte[2 * CHUNK]);
            throw new IOException("the database is gone");
          }
        };
    at.archive = outflow;

    assertThatThrownBy(StreamTest::download).isInstanceOf(IOException.class);
    requireClosed(outflow);
  }

  @Test
  void whatIsRefusedBeforeTheFirstByteIsAnsweredAsAProblem() throws Exception {
    at.archive =
        out -> {
          out.write(new byte[10]);
          throw Problem.conflict("NOT_NOW", "Later.");
        };

    HttpResponse<byte[]> answer = download();

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("NOT_NOW");
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
  }

  @Test
  void whoeverStopsListeningStopsTheMaking() throws Exception {
    Watched outflow =
        new Watched() {
          @Override
          public void writeTo(OutputStream out) throws IOException {
            while (true) {
              out.write(new byte[CHUNK]);
            }
          }
        };
    at.archive = outflow;

    HttpResponse<InputStream> answer =
        at.http.send(
            at.to("/api/archive").header("Cookie", owner).build(), BodyHandlers.ofInputStream());
    assertThat(answer.body().read()).isZero();
    answer.body().close();

    requireClosed(outflow);
  }
}
