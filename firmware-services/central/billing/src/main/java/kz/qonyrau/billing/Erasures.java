package kz.qonyrau.billing;

import java.util.Optional;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import org.jdbi.v3.core.Handle;

/// Who erases boxes. Every method runs in the caller's transaction.
public interface Erasures {

  /// Why a box cannot be erased as a sanction against that customer, if it cannot.
  Optional<DecisionResult.NotPossible> fault(Handle handle, OrganisationId organisation, BoxId box);

  /// Orders a box without a fault to erase itself.
  ///
  /// @param reason for its owner
  /// @param by who approved it
  void erase(Handle handle, BoxId box, String reason, String by);

  /// Where there are no boxes, none is erased.
  Erasures NONE =
      new Erasures() {
        @Override
        public Optional<DecisionResult.NotPossible> fault(
            Handle handle, OrganisationId organisation, BoxId box) {
          return Optional.of(
              new DecisionResult.NotPossible(
                  "NO_SUCH_BOX", "box: the customer has none of this id"));
        }

        @Override
        public void erase(Handle handle, BoxId box, String reason, String by) {
          throw new IllegalStateException("there are no boxes");
        }
      };
}
