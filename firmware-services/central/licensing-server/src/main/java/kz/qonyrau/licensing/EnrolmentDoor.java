package kz.qonyrau.licensing;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import kz.qonyrau.fleet.Authority;
import kz.qonyrau.fleet.EnrolmentResult;
import kz.qonyrau.fleet.Fleet;
import kz.qonyrau.fleet.FleetLink;
import kz.qonyrau.wire.EnrolmentRequest;
import kz.qonyrau.wire.MalformedMessageException;
import kz.qonyrau.wire.Refusal;
import kz.qonyrau.wire.RenewalRequest;
import kz.qonyrau.wire.TlsIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The HTTPS door at which a box asks for a certificate, `POST /enrol` for its first one and `POST
/// /renew` for the next, and `GET /healthz` for whoever watches over this server: 200 while it has
/// its line to the broker, with the number of the boxes' messages that it has taken since it
/// started.
final class EnrolmentDoor implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(EnrolmentDoor.class);

  private final Vertx vertx;
  private final Fleet fleet;
  private final RequestRate rate;
  private final FleetLink link;
  private final HttpServer server;

  private EnrolmentDoor(
      Vertx vertx, HttpServerOptions options, Fleet fleet, RequestRate rate, FleetLink link) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.rate = rate;
    this.link = link;
    this.server = vertx.createHttpServer(options).requestHandler(this::handle);
  }

  /// Opens the door. Blocks until it listens.
  ///
  /// @param link of whose standing `GET /healthz` tells
  /// @throws IllegalStateException if it cannot listen
  static EnrolmentDoor open(
      Vertx vertx,
      Settings settings,
      Authority authority,
      Fleet fleet,
      FleetLink link,
      SecureRandom random,
      InstantSource clock) {
    var options =
        new HttpServerOptions()
            .setHost(settings.listen())
            .setPort(settings.enrolmentPort())
            .setSsl(true)
            .setKeyCertOptions(keys(settings.publicHost(), authority, random))
            .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"))
            .setUseAlpn(false)
            .setIdleTimeout(20)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setMaxHeaderSize(8 * 1024)
            .setMaxInitialLineLength(1024);
    var door =
        new EnrolmentDoor(
            vertx,
            options,
            fleet,
            new RequestRate(
                settings.requestsPerMinuteAndAddress(), settings.requestsPerMinute(), clock),
            link);
    try {
      door.server.listen().await(20, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new IllegalStateException("the enrolment door does not open", late);
    }
    return door;
  }

  private static PfxOptions keys(String host, Authority authority, SecureRandom random) {
    byte[] secret = new byte[24];
    random.nextBytes(secret);
    String password = Base64.getUrlEncoder().encodeToString(secret);
    TlsIdentity identity = authority.serverIdentity(Set.of(host));
    try (var bytes = new ByteArrayOutputStream()) {
      identity.keyStore(password.toCharArray()).store(bytes, password.toCharArray());
      return new PfxOptions().setValue(Buffer.buffer(bytes.toByteArray())).setPassword(password);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot make the door's keys", e);
    }
  }

  int port() {
    return server.actualPort();
  }

  private void handle(HttpServerRequest request) {
    String path = request.path() == null ? "" : request.path();
    switch (path) {
      case "/healthz" -> {
        boolean well = link.isConnected();
        request
            .response()
            .setStatusCode(well ? 200 : 503)
            .putHeader("Content-Type", "application/json")
            .end(
                "{\"status\":\"%s\",\"messages\":%d}"
                    .formatted(well ? "UP" : "DOWN", link.taken()));
      }
      case "/enrol" -> read(request, body -> fleet.enrol(EnrolmentRequest.parse(body)));
      case "/renew" -> read(request, body -> fleet.renew(RenewalRequest.parse(body)));
      default -> refuse(request, 404, "NOT_FOUND", Optional.empty(), "post to /enrol or /renew");
    }
  }

  /// What is made of a request's body.
  private interface Deciding {

    /// @throws MalformedMessageException if the body cannot be read
    Future<EnrolmentResult> decide(byte[] body);
  }

  private void read(HttpServerRequest request, Deciding deciding) {
    if (!request.method().equals(HttpMethod.POST)) {
      refuse(request, 405, "METHOD_NOT_ALLOWED", Optional.empty(), "post the request");
      return;
    }
    if (!rate.admits(request.remoteAddress().hostAddress())) {
      refuse(request, 429, "TOO_MANY_REQUESTS", Optional.empty(), "try again in a minute");
      return;
    }
    Buffer body = Buffer.buffer();
    boolean[] refused = new boolean[1];
    request.handler(part -> {
      if (refused[0]) {
        return;
      }
      if (body.length() + part.length() > EnrolmentRequest.LIMIT_BYTES) {
        refused[0] = true;
        request.response().putHeader("Connection", "close");
        refuse(
            request,
            413,
            "TOO_LARGE",
            Optional.empty(),
            "a request has at most " + EnrolmentRequest.LIMIT_BYTES + " bytes");
        return;
      }
      body.appendBuffer(part);
    });
    request.endHandler(_ -> {
      if (!refused[0]) {
        decide(request, body.getBytes(), deciding);
      }
    });
  }

  private void decide(HttpServerRequest request, byte[] body, Deciding deciding) {
    Future<EnrolmentResult> decided;
    try {
      decided = deciding.decide(body);
    } catch (MalformedMessageException malformed) {
      refuse(
          request,
          400,
          "MALFORMED",
          Optional.of(malformed.field().replaceFirst("^(enrolment|renewal)\\.", "")),
          malformed.why());
      return;
    }
    Context context = vertx.getOrCreateContext();
    decided.onComplete(done ->
        context.runOnContext(_ -> {
          if (done.failed()) {
            log.atError().setCause(done.cause()).log("enrolment failed");
            refuse(request, 503, "TRY_AGAIN", Optional.empty(), "try again in a minute");
            return;
          }
          switch (done.result()) {
            case EnrolmentResult.Admitted(var reply) -> {
              log.atInfo()
                  .addKeyValue("box", reply.boxId())
                  .addKeyValue("path", request.path())
                  .log("a box has a certificate");
              answer(request, 200, reply.bytes());
            }
            case EnrolmentResult.Refused(Refusal refusal) -> {
              log.atWarn()
                  .addKeyValue("code", refusal.code())
                  .addKeyValue("address", request.remoteAddress().hostAddress())
                  .log("a box gets no certificate");
              answer(request, refusal.code().equals("MALFORMED") ? 400 : 403, refusal.bytes());
            }
          }
        }));
  }

  private static void refuse(
      HttpServerRequest request, int status, String code, Optional<String> field, String detail) {
    answer(request, status, new Refusal(code, field, detail).bytes());
  }

  private static void answer(HttpServerRequest request, int status, byte[] json) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(json));
  }

  @Override
  public void close() {
    try {
      server.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      log.atWarn().setCause(late).log("the enrolment door does not close");
    }
  }
}
