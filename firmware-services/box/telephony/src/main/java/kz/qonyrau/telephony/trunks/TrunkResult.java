package kz.qonyrau.telephony.trunks;

import kz.qonyrau.telephony.TrunkId;

/// What became of a change to a trunk. Only [Done] has changed anything.
public sealed interface TrunkResult {

  /// It is done; `trunk` is as it is now, or as it was, if it was removed.
  record Done(Trunk trunk) implements TrunkResult {}

  /// Another trunk has the name.
  record NameTaken(TrunkId holder) implements TrunkResult {}

  /// Together the trunks would carry more calls than the box has ports for.
  record TooManyChannels(int most) implements TrunkResult {}

  /// So many are there already that no more are taken.
  record TooManyTrunks(int most) implements TrunkResult {}

  /// Somebody else changed it meanwhile.
  record ChangedMeanwhile(Trunk now) implements TrunkResult {}

  /// The provider has shut it; it cannot be removed.
  record Suspended(Trunk trunk) implements TrunkResult {}

  record NoSuchTrunk() implements TrunkResult {}
}
