package kz.qonyrau.speech.reading;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Places in a list.
final class Numbering {

  private Numbering() {}

  /// What stands at each place, and the place, counted from one.
  static Map<String, Integer> fromOne(List<String> names) {
    return IntStream.rangeClosed(1, names.size())
        .boxed()
        .collect(Collectors.toMap(place -> names.get(place - 1), Function.identity()));
  }
}
