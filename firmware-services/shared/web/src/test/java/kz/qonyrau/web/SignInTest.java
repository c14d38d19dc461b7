package kz.qonyrau.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import kz.qonyrau.testsupport.NoErrorsLogged;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
@ExtendWith(NoErrorsLogged.class)
@Tag("SH-ACC-18")
class SignInTest {

  private TestDoor at = new TestDoor();

  @AfterEach
  void close() {
    at.close();
  }

  @Test
  void signsInAndOut() {
    HttpResponse<String> signedIn = at.signIn(" Owner ", TestDoor.PASSWORD);
    assertThat(signedIn.statusCode()).isEqualTo(200);
    assertThat(signedIn.body()).contains("\"role\":\"OWNER\"", "\"mustChangePassword\":false");
    String header = signedIn.headers().firstValue("set-cookie").orElseThrow();
    assertThat(header).containsIgnoringCase("HttpOnly").contains("SameSite=Strict", "Path=/");
    String cookie = header.split(";", 2)[0];

    assertThat(at.get("/api/session", cookie).body()).contains("\"login\":\"owner\"");
    HttpResponse<String> out = at.send(at.change("/api/session", cookie).DELETE());
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(at.get("/api/session", cookie).statusCode()).isEqualTo(401);
  }

  @Test
  void asksForANewPasswordUnlessItIsARehearsal() {
    try (TestDoor strict = new TestDoor(false)) {
      assertThat(strict.signIn("owner", TestDoor.PASSWORD).body())
          .contains("\"mustChangePassword\":true");
    }
    assertThat(at.signIn("owner", TestDoor.PASSWORD).body())
        .contains("\"mustChangePassword\":false");
  }

  @Test
  void locksALoginAfterFiveWrongPasswordsForFifteenMinutes() {
    for (int each = 0; each < 5; each++) {
      assertThat(at.signIn("owner", "wrong").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> sixth = at.signIn("owner", TestDoor.PASSWORD);
    assertThat(sixth.statusCode()).isEqualTo(429);
    assertThat(sixth.headers().firstValueAsLong("retry-after").orElseThrow()).isEqualTo(900);
    assertThat(at.people.find("owner").await().flatMap(Credential::lockedUntil)).isPresent();
    assertThat(at.signIn("reader", TestDoor.PASSWORD).statusCode()).isEqualTo(200);

    at.clock.advance(Duration.ofMinutes(15));
    assertThat(at.signIn("owner", TestDoor.PASSWORD).statusCode()).isEqualTo(200);
  }

  @Test
  void honoursALockThatWasStoredBeforeARestart() {
    at.people.lock("owner", at.clock.instant().plusSeconds(60)).await();

    assertThat(at.signIn("owner", TestDoor.PASSWORD).statusCode()).isEqualTo(429);
  }

  @Test
  void countsAHundredGuessesAtOnceLikeOneAfterAnother() {
    List<CompletableFuture<Integer>> guesses = new ArrayList<>();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    IntStream.range(0, 100)
        .forEach(each ->
            guesses.add(
                CompletableFuture.supplyAsync(
                    () -> at.signIn("owner", "guess " + each).statusCode(), threads)));

    assertThat(guesses.stream().map(CompletableFuture::join).filter(status -> status == 401))
        .hasSize(5);
    threads.close();
  }

  @Test
  void tellsNothingAboutWhetherALoginExists() {
    HttpResponse<String> known = at.signIn("owner", "wrong");
    HttpResponse<String> unknown = at.signIn("nobody", "wrong");
    assertThat(unknown.statusCode()).isEqualTo(known.statusCode());
    assertThat(unknown.body()).isEqualTo(known.body());

    for (int each = 0; each < 4; each++) {
      assertThat(at.signIn("nobody", "wrong").statusCode()).isEqualTo(401);
    }
    assertThat(at.signIn("nobody", "wrong").statusCode()).isEqualTo(429);
  }

  /// Compares the fastest of a few, which is what an attacker would measure.
  @Test
  void takesAsLongForAnUnknownLogin() {
    long known = Long.MAX_VALUE;
    long unknown = Long.MAX_VALUE;
    for (int each = 0; each < 8; each++) {
      at.clock.advance(Duration.ofMinutes(16));
      long start = System.nanoTime();
      assertThat(at.signIn("owner", "wrong").statusCode()).isEqualTo(401);
      long middle = System.nanoTime();
      assertThat(at.signIn("nobody", "wrong").statusCode()).isEqualTo(401);
      known = Math.min(known, middle - start);
      unknown = Math.min(unknown, System.nanoTime() - middle);
    }
    assertThat((double) unknown / known).isBetween(0.4, 2.5);
  }

  @Test
  void slowsDownAnAddressThatTriesManyLogins() {
    int refused = 0;
    for (int each = 0; each < 62; each++) {
      if (at.signIn("login-" + each, "wrong").statusCode() == 429) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(2);
  }

  @Test
  void endsASessionThatIsNotUsedAndOneThatIsTooOld() {
    String idle = at.cookieOf("owner");
    at.clock.advance(Duration.ofMinutes(30));
    assertThat(at.get("/api/session", idle).statusCode()).isEqualTo(401);

    String busy = at.cookieOf("owner");
    for (int each = 0; each < 35; each++) {
      at.clock.advance(Duration.ofMinutes(20));
      assertThat(at.get("/api/session", busy).statusCode()).isEqualTo(200);
    }
    at.clock.advance(Duration.ofMinutes(20));
    assertThat(at.get("/api/session", busy).statusCode()).isEqualTo(401);
  }

  @Test
  void changesAPasswordAndEndsTheOtherSessions() {
    String other = at.cookieOf("owner");
    String own = at.cookieOf("owner");

    assertThat(change(own, "wrong", "a new password").statusCode()).isEqualTo(422);
    assertThat(change(own, TestDoor.PASSWORD, "short").statusCode()).isEqualTo(400);
    assertThat(change(own, TestDoor.PASSWORD, TestDoor.PASSWORD).body()).contains("SAME_PASSWORD");
    assertThat(change(own, TestDoor.PASSWORD, "the owner is me").body()).contains("WEAK_PASSWORD");
    HttpResponse<String> changed = change(own, TestDoor.PASSWORD, "a new password");

    assertThat(changed.statusCode()).isEqualTo(204);
    assertThat(at.get("/api/session", other).statusCode()).isEqualTo(401);
    String fresh = changed.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    assertThat(at.get("/api/session", fresh).body()).contains("\"mustChangePassword\":false");
    assertThat(at.signIn("owner", TestDoor.PASSWORD).statusCode()).isEqualTo(401);
    assertThat(at.signIn("owner", "a new password").statusCode()).isEqualTo(200);
  }

  @Test
  void asksForAnotherPasswordBeforeAnythingElse() {
    at.close();
    at = new TestDoor(false);
    String cookie = at.cookieOf("owner");
    assertThat(at.get("/api/session", cookie).statusCode()).isEqualTo(200);
    assertThat(at.get("/api/things", cookie).body()).contains("PASSWORD_MUST_CHANGE");

    HttpResponse<String> changed = change(cookie, TestDoor.PASSWORD, "a new password");
    String fresh = changed.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    assertThat(at.get("/api/things", fresh).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> change(String cookie, String current, String next) {
    return at.send(
        at.change("/api/session/password", cookie)
            .PUT(
                HttpRequest.BodyPublishers.ofString(
                    "{\"current\":\"%s\",\"next\":\"%s\"}".formatted(current, next))));
  }
}
