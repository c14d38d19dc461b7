package kz.qonyrau.fleet;

import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.vocabulary.Tenge;

/// Whose boxes there are (PLT-23: one customer may have several).
///
/// @param boxes how many boxes he has, refused ones included
/// @param leased what is set aside for them and not reported as spent
public record Customer(OrganisationId id, String name, int boxes, Tenge leased) {}
