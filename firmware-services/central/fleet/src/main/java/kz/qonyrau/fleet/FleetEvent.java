package kz.qonyrau.fleet;

import kz.qonyrau.vocabulary.BoxId;

/// Something that open pages want to know at once. Told after it is stored.
public sealed interface FleetEvent {

  BoxId box();

  /// State, figures, license or credit of a box changed.
  record BoxChanged(BoxId box) implements FleetEvent {}

  /// Usage of a box was stored.
  record UsageStored(BoxId box) implements FleetEvent {}

  /// An alarm was raised for the first time, or again after an hour.
  record AlarmRaised(TimelineEntry alarm) implements FleetEvent {

    @Override
    public BoxId box() {
      return alarm.box();
    }
  }
}
