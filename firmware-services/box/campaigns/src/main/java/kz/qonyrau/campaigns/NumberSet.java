package kz.qonyrau.campaigns;

import java.util.Arrays;
import kz.qonyrau.vocabulary.Msisdn;

/// Numbers seen so far, in 16 to 32 bytes each.
final class NumberSet {

  private long[] slots = new long[1 << 12];
  private int size;

  /// Adds a number and says whether it is new.
  boolean add(Msisdn number) {
    if (size * 2 >= slots.length) {
      grow();
    }
    long value = Long.parseLong(number.digits());
    boolean added = put(slots, value);
    size += added ? 1 : 0;
    return added;
  }

  boolean contains(Msisdn number) {
    long value = Long.parseLong(number.digits());
    int slot = slot(value, slots.length);
    while (slots[slot] != 0) {
      if (slots[slot] == value) {
        return true;
      }
      slot = (slot + 1) & (slots.length - 1);
    }
    return false;
  }

  private static int slot(long value, int slots) {
    return (int) ((value * 0x9E3779B97F4A7C15L) >>> 32) & (slots - 1);
  }

  private static boolean put(long[] into, long value) {
    // 0 means free; no number is 0.
    int slot = slot(value, into.length);
    while (into[slot] != 0) {
      if (into[slot] == value) {
        return false;
      }
      slot = (slot + 1) & (into.length - 1);
    }
    into[slot] = value;
    return true;
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    Arrays.stream(slots)
        .filter(value -> value != 0)
        .forEach(value -> {
          var _ = put(larger, value);
        });
    slots = larger;
  }
}
