package kz.qonyrau.campaigns;

import java.util.Map;
import kz.qonyrau.vocabulary.Msisdn;

/// A person on a customer's list.
///
/// @param variables the customer's data by key, unchanged, in the order of the file's columns
public record Contact(Msisdn number, Consent calls, Map<String, String> variables) {}
