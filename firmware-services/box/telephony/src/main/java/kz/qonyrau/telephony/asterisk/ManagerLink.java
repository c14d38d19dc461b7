package kz.qonyrau.telephony.asterisk;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import kz.qonyrau.telephony.TrunkId;
import kz.qonyrau.vocabulary.CallId;
import org.asteriskjava.manager.DefaultManagerConnection;
import org.asteriskjava.manager.ManagerConnectionState;
import org.asteriskjava.manager.action.CommandAction;
import org.asteriskjava.manager.action.HangupAction;
import org.asteriskjava.manager.action.ManagerAction;
import org.asteriskjava.manager.action.OriginateAction;
import org.asteriskjava.manager.action.PJSipShowEndpointAction;
import org.asteriskjava.manager.action.PingAction;
import org.asteriskjava.manager.action.RedirectAction;
import org.asteriskjava.manager.action.SetVarAction;
import org.asteriskjava.manager.event.ContactStatusDetail;
import org.asteriskjava.manager.event.ManagerEvent;
import org.asteriskjava.manager.response.CommandResponse;
import org.asteriskjava.manager.response.ManagerError;

/// One login to one run of Asterisk. It is never used for the next run: a new process gets a new
/// link, so what an old one still says can be told apart.
///
/// Asterisk-Java blocks, so every call into it runs on a thread of the link's own; events and
/// answers come back on the owner's event loop.
final class ManagerLink {

  private static final int LOGIN_MILLISECONDS = 3_000;
  private static final Pattern REGISTRATION =
      Pattern.compile("^\\s*(t[0-9a-f]{8})/.*\\s(Registered|Unregistered|Rejected|Stopped)\\b");

  private static final Pattern TRANSPORT =
      Pattern.compile("^\\s*Transport:\\s+([a-z][a-z0-9-]*)\\s");

  private final DefaultManagerConnection connection;
  private final Context context;
  private final ExecutorService thread;

  ManagerLink(int port, String secret, Context context, Consumer<ManagerEvent> events) {
    this.context = context;
    this.connection =
        new DefaultManagerConnection("127.0.0.1", port, InstanceFiles.MANAGER, secret);
    this.thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("asterisk-manager").daemon().factory());
    connection.setDefaultResponseTimeout(LOGIN_MILLISECONDS);
    connection.setSocketTimeout(LOGIN_MILLISECONDS);
    connection.registerUserEventClass(HangupEvent.class);
    connection.registerUserEventClass(MediaLostEvent.class);
    connection.registerUserEventClass(IncomingEvent.class);
    connection.addEventListener(event -> context.runOnContext(_ -> events.accept(event)));
  }

  /// Logs in. May be called once.
  Future<Void> open() {
    return run(() -> {
      connection.login();
      return null;
    });
  }

  /// Completes with the answer to a Ping, whenever it comes.
  Future<Void> ping() {
    return send(new PingAction());
  }

  /// Asks Asterisk to dial. The future says only whether Asterisk took the order.
  Future<Void> originate(OriginateAction action) {
    return send(action);
  }

  Future<Void> hangUp(String channel, int cause) {
    return send(new HangupAction(channel, cause));
  }

  /// Has a channel that rings in our dialplan answered, and its audio brought under the call's
  /// name.
  Future<Void> answer(String channel, CallId call) {
    // The underscore hands it on to the channel that brings the audio.
    return send(new SetVarAction(channel, "_CALLID", call.value()))
        .compose(
            _ -> send(new RedirectAction(channel, InstanceFiles.CONTEXT, InstanceFiles.TALK, 1)));
  }

  /// Has Asterisk read the trunks anew. Calls go on; completes when it has.
  Future<Void> reload() {
    return command(
            "module reload res_pjsip.so res_pjsip_endpoint_identifier_ip.so"
                + " res_pjsip_outbound_registration.so")
        .compose(answer ->
            answer.stream().anyMatch(line -> line.contains("reloaded successfully"))
                ? Future.succeededFuture()
                : Future.failedFuture("asterisk did not reload: " + String.join(" ", answer)));
  }

  /// The transports that Asterisk has opened; one whose port it did not get is not among them.
  Future<Set<String>> transports() {
    return command("pjsip show transports").map(ManagerLink::opened);
  }

  static Set<String> opened(List<String> lines) {
    return lines.stream()
        .map(TRANSPORT::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  /// Which trunks the box is registered with, and with which not.
  Future<Map<TrunkId, Boolean>> registrations() {
    return command("pjsip show registrations").map(ManagerLink::registered);
  }

  static Map<TrunkId, Boolean> registered(List<String> lines) {
    Map<TrunkId, Boolean> found = new HashMap<>();
    for (String line : lines) {
      Matcher matcher = REGISTRATION.matcher(line);
      if (matcher.find()) {
        found.put(new TrunkId(matcher.group(1)), matcher.group(2).equals("Registered"));
      }
    }
    return found;
  }

  private Future<List<String>> command(String command) {
    return run(() ->
        connection.sendAction(new CommandAction(command), LOGIN_MILLISECONDS)
                instanceof CommandResponse answer
            ? List.copyOf(answer.getResult())
            : List.<String>of());
  }

  /// What Asterisk knows of a trunk's reachability; empty before it knows the trunk.
  Future<Optional<ContactStatusDetail>> trunk(TrunkId id) {
    // The list of all contacts leaves out those that stand in the configuration.
    PJSipShowEndpointAction question = new PJSipShowEndpointAction();
    question.setEndpoint(id.value());
    return run(() ->
        connection.sendEventGeneratingAction(question, LOGIN_MILLISECONDS).getEvents().stream()
            .filter(ContactStatusDetail.class::isInstance)
            .map(ContactStatusDetail.class::cast)
            .findFirst());
  }

  /// Ends the link. Nothing that is still under way is waited for.
  void close() {
    try {
      thread.execute(() -> {
        ManagerConnectionState state = connection.getState();
        if (state == ManagerConnectionState.CONNECTED
            || state == ManagerConnectionState.RECONNECTING) {
          connection.logoff();
        }
      });
    } catch (RejectedExecutionException _) {
      // It is closed already.
    }
    thread.shutdown();
  }

  private Future<Void> send(ManagerAction action) {
    Promise<Void> answer = Promise.promise();
    run(
            () -> {
              connection.sendAction(
                  action,
                  response ->
                      context.runOnContext(_ -> {
                        if (response instanceof ManagerError error) {
                          answer.tryFail(String.valueOf(error.getMessage()));
                        } else {
                          answer.tryComplete();
                        }
                      }));
              return null;
            })
        .onFailure(answer::tryFail);
    return answer.future();
  }

  private <T> Future<T> run(Callable<T> task) {
    Promise<T> result = Promise.promise();
    try {
      thread.execute(() -> {
        try {
          T value = task.call();
          context.runOnContext(_ -> result.complete(value));
        } catch (Exception failure) {
          context.runOnContext(_ -> result.fail(failure));
        }
      });
    } catch (RejectedExecutionException closed) {
      result.fail(closed);
    }
    return result.future();
  }
}
