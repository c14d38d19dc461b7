package kz.qonyrau.campaigns;

import java.util.List;
import java.util.Map;
import kz.qonyrau.vocabulary.Msisdn;

/// A person on a customer's list.
///
/// @param others where else he can be reached, in the order of the file's columns, at most two
/// @param calls what is true of his first number, or what he said himself of another one
/// @param variables the customer's data by key, unchanged, in the order of the file's columns
public record Contact(
    Msisdn number, List<Msisdn> others, Consent calls, Map<String, String> variables) {

  public Contact {
    others = List.copyOf(others);
  }
}
