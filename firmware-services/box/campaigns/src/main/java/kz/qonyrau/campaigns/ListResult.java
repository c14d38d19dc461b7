package kz.qonyrau.campaigns;

import kz.qonyrau.vocabulary.CampaignId;

/// What became of a wish about a contact list. Only [Done] has changed anything.
public sealed interface ListResult {

  /// What was wished is so.
  ///
  /// @param list as it is now; for a deletion, as it was
  record Done(ContactList list) implements ListResult {}

  /// There is no list with that id.
  record NoSuchList() implements ListResult {}

  /// The wish does not go together with the list's state, for example an import over a READY one.
  record WrongState(ContactList.State state) implements ListResult {}

  /// A campaign that has started and not ended still calls it.
  record InUse(CampaignId campaign) implements ListResult {}
}
