package kz.qonyrau.campaigns;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import kz.qonyrau.vocabulary.ContactListId;
import org.jdbi.v3.core.Handle;

/// What is in the way of a campaign's start.
final class StartChecks {

  private final InstantSource clock;
  private final HouseRules rules;
  private final AnswerChecks answers;

  StartChecks(InstantSource clock, HouseRules rules, AnswerChecks answers) {
    this.clock = clock;
    this.rules = rules;
    this.answers = answers;
  }

  /// Each reason once, in the order of [Blocker]; empty if the campaign may start now.
  ///
  /// @param message how long the message lasts, for a contact like most
  List<Blocker> blockers(Handle handle, CampaignOrder order, Duration message) {
    Set<Blocker> blockers = EnumSet.noneOf(Blocker.class);
    Set<String> keys = order.keys();
    for (ContactListId id : order.lists()) {
      blockers.addAll(blockers(ListTable.find(handle, id), keys));
    }
    if (Reach.of(handle, order).recipients() == 0) {
      blockers.add(Blocker.NO_RECIPIENTS);
    }
    if (rules.timetable(order.schedule()).opens(clock.instant()).isEmpty()) {
      blockers.add(Blocker.NO_WINDOW);
    }
    if (message.compareTo(Campaigns.SHORTEST_MESSAGE) < 0) {
      blockers.add(Blocker.MESSAGE_TOO_SHORT);
    }
    if (!answers.unheard(order).isEmpty()) {
      blockers.add(Blocker.NO_SPEECH_MODEL);
    }
    return List.copyOf(blockers);
  }

  /// What is wrong with one of its lists.
  ///
  /// @param keys of the variables that the campaign's texts name
  private static Set<Blocker> blockers(Optional<ListTable.Stored> stored, Set<String> keys) {
    if (stored.isEmpty() || stored.get().isDeleted()) {
      return EnumSet.of(Blocker.NO_SUCH_LIST);
    }
    Set<Blocker> blockers = EnumSet.noneOf(Blocker.class);
    ContactList list = stored.get().list();
    if (list.state() != ContactList.State.READY) {
      blockers.add(Blocker.LIST_NOT_READY);
    }
    if (list.attestation().isEmpty()) {
      blockers.add(Blocker.LIST_NOT_ATTESTED);
    } else if (!list.attestation().get().forCalls()) {
      blockers.add(Blocker.LIST_NOT_FOR_CALLS);
    }
    if (!list.variables().containsAll(keys)) {
      blockers.add(Blocker.UNKNOWN_VARIABLE);
    }
    return blockers;
  }
}
