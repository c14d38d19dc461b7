package kz.qonyrau.vocabulary;

import java.util.Optional;
import java.util.regex.Pattern;

/// The number by which the state knows a customer: the BIN of a legal entity or the IIN of a person
/// (SH-ACC-01). There is one account for each.
///
/// @param value 12 digits, of which the last one is the control digit
public record OrganisationKey(String value) {

  private static final Pattern FORM = Pattern.compile("[0-9]{12}");

  /// Weights of the first eleven digits, and those that are used where the first ones give 10: the
  /// same, turned by two (Rules on the formation of identification numbers of Kazakhstan).
  private static final int[] FIRST = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};

  private static final int[] SECOND = {3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2};

  /// What is wrong with a number.
  public enum Fault {
    /// It is not 12 digits.
    NOT_TWELVE_DIGITS,
    /// The last digit does not fit the others: one of them is mistyped.
    INVALID_CONTROL_DIGIT
  }

  /// @throws IllegalArgumentException with the fault's name, if there is one
  public OrganisationKey {
    fault(value)
        .ifPresent(fault -> {
          throw new IllegalArgumentException("organisation key: " + fault);
        });
  }

  /// What is wrong with a number, if anything is.
  public static Optional<Fault> fault(String number) {
    if (!FORM.matcher(number).matches()) {
      return Optional.of(Fault.NOT_TWELVE_DIGITS);
    }
    int control = sum(number, FIRST) % 11;
    if (control == 10) {
      control = sum(number, SECOND) % 11;
    }
    return control == digit(number, 11)
        ? Optional.empty()
        : Optional.of(Fault.INVALID_CONTROL_DIGIT);
  }

  private static int sum(String number, int[] weights) {
    int sum = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * digit(number, i);
    }
    return sum;
  }

  private static int digit(String number, int place) {
    return number.charAt(place) - '0';
  }

  @Override
  public String toString() {
    return value;
  }
}
