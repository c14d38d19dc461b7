package kz.qonyrau.fleet;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.BoxId;
import kz.qonyrau.vocabulary.OrganisationId;
import kz.qonyrau.wire.DocumentVerifier;

/// The boxes' keys and whether they are refused, remembered once read. Safe for any thread.
final class KnownBoxes {

  private final Store store;
  private final Map<BoxId, KnownBox> known = new ConcurrentHashMap<>();

  KnownBoxes(Store store) {
    this.store = store;
  }

  Future<Optional<KnownBox>> find(BoxId box) {
    KnownBox remembered = known.get(box);
    if (remembered != null) {
      return Future.succeededFuture(Optional.of(remembered));
    }
    return store
        .read(handle ->
            handle
                .createQuery(
                    """
                    SELECT organisation_id, device_key, revoked_at_ms FROM fleet.box
                    WHERE id = :box
                    """)
                .bind("box", box.value())
                .map((row, _) ->
                    new KnownBox(
                        new OrganisationId(row.getString("organisation_id")),
                        DocumentVerifier.parse(row.getString("device_key")),
                        row.getObject("revoked_at_ms") != null))
                .findOne())
        .onSuccess(found ->
            found.ifPresent(
                // A revocation that came in between must win.
                box2 -> known.merge(box, box2, (a, b) -> a.revoked() ? a : b)));
  }

  /// Reads every box, so that [#remembered] knows them all.
  Future<Void> load() {
    return store
        .read(handle ->
            handle
                .createQuery("SELECT id, organisation_id, device_key, revoked_at_ms FROM fleet.box")
                .map((row, _) ->
                    Map.entry(
                        new BoxId(row.getString("id")),
                        new KnownBox(
                            new OrganisationId(row.getString("organisation_id")),
                            DocumentVerifier.parse(row.getString("device_key")),
                            row.getObject("revoked_at_ms") != null)))
                .list())
        .map(rows -> {
          rows.forEach(row -> known.put(row.getKey(), row.getValue()));
          return null;
        });
  }

  /// What is remembered, without asking the database.
  Optional<KnownBox> remembered(BoxId box) {
    return Optional.ofNullable(known.get(box));
  }

  void put(BoxId box, KnownBox facts) {
    known.put(box, facts);
  }

  void revoke(BoxId box) {
    known.computeIfPresent(
        box, (_, facts) -> new KnownBox(facts.organisation(), facts.deviceKey(), true));
  }
}
