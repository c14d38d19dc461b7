package kz.qonyrau.campaigns;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import kz.qonyrau.store.Store;
import kz.qonyrau.vocabulary.CampaignId;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/// What new campaigns are made after (AC-CMP-01). A template is a copy: what becomes of the
/// campaign that it was made of does not touch it. Safe for use by several threads.
public final class CampaignTemplates {

  /// So many a box keeps.
  public static final int MOST = 200;

  private static final int LONGEST_NAME = 120;

  private static final RowMapper<CampaignTemplate> TEMPLATE =
      (row, _) ->
          new CampaignTemplate(
              row.getString("id"),
              row.getString("name"),
              OrderJson.read(row.getString("campaign_order")),
              Instant.ofEpochMilli(row.getLong("kept_at_ms")),
              row.getString("kept_by"));

  private final Store store;
  private final InstantSource clock;

  CampaignTemplates(Store store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// All templates by name.
  public Future<List<CampaignTemplate>> all() {
    return store.read(handle ->
        handle
            .createQuery("SELECT * FROM campaign.template ORDER BY name_key")
            .map(TEMPLATE)
            .list());
  }

  /// A template; empty if there is no such one.
  public Future<Optional<CampaignTemplate>> find(String id) {
    return store.read(handle -> find(handle, id));
  }

  /// Makes a template of a campaign as it is now. Repeating it with the same id returns the
  /// template as it is.
  ///
  /// @param id a UUID, chosen by the caller and kept over repetitions
  /// @param name 1 to 120 characters; in which case they are written makes no difference
  /// @param by the person's login
  public Future<TemplateResult> keep(String id, String name, CampaignId campaign, String by) {
    String wanted = require(name);
    return store.write(handle -> {
      Optional<CampaignTemplate> present = find(handle, id);
      if (present.isPresent()) {
        return new TemplateResult.Done(present.get());
      }
      Optional<CampaignOrder> order =
          CampaignTable.find(handle, campaign).map(CampaignTable.Stored::order);
      if (order.isEmpty()) {
        return new TemplateResult.Unknown();
      }
      if (count(handle) >= MOST) {
        return new TemplateResult.TooMany();
      }
      if (isTaken(handle, wanted, id)) {
        return new TemplateResult.NameTaken();
      }
      CampaignTemplate template =
          new CampaignTemplate(
              id, wanted, order.get(), Instant.ofEpochMilli(clock.instant().toEpochMilli()), by);
      insert(handle, template);
      return new TemplateResult.Done(template);
    });
  }

  /// Calls a template something else.
  ///
  /// @param name 1 to 120 characters
  public Future<TemplateResult> rename(String id, String name) {
    String wanted = require(name);
    return store.write(handle -> {
      if (isTaken(handle, wanted, id)) {
        return find(handle, id).isPresent()
            ? new TemplateResult.NameTaken()
            : new TemplateResult.Unknown();
      }
      handle
          .createUpdate("UPDATE campaign.template SET name = :name, name_key = :key WHERE id = :id")
          .bind("name", wanted)
          .bind("key", key(wanted))
          .bind("id", id)
          .execute();
      return found(find(handle, id));
    });
  }

  /// Deletes a template; campaigns that were made after it stay. The result holds what it was.
  public Future<TemplateResult> delete(String id) {
    return store.write(handle -> {
      Optional<CampaignTemplate> present = find(handle, id);
      handle.createUpdate("DELETE FROM campaign.template WHERE id = :id").bind("id", id).execute();
      return found(present);
    });
  }

  private static TemplateResult found(Optional<CampaignTemplate> template) {
    return template
        .<TemplateResult>map(TemplateResult.Done::new)
        .orElseGet(TemplateResult.Unknown::new);
  }

  private static String require(String name) {
    String wanted = name.strip();
    if (wanted.isEmpty() || wanted.length() > LONGEST_NAME) {
      throw new IllegalArgumentException("a template's name has 1 to 120 characters");
    }
    return wanted;
  }

  private static String key(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    // Some letters are longer in lower case.
    return key.length() <= LONGEST_NAME ? key : key.substring(0, LONGEST_NAME);
  }

  private static Optional<CampaignTemplate> find(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM campaign.template WHERE id = :id")
        .bind("id", id)
        .map(TEMPLATE)
        .findOne();
  }

  private static long count(Handle handle) {
    return handle.createQuery("SELECT COUNT(*) FROM campaign.template").mapTo(Long.class).one();
  }

  private static boolean isTaken(Handle handle, String name, String by) {
    return handle
        .createQuery("SELECT id FROM campaign.template WHERE name_key = :key AND id <> :id")
        .bind("key", key(name))
        .bind("id", by)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  private static void insert(Handle handle, CampaignTemplate template) {
    handle
        .createUpdate(
            """
            INSERT INTO campaign.template (id, name, name_key, campaign_order, kept_at_ms, kept_by)
            VALUES (:id, :name, :key, :order, :at, :by)
            """)
        .bind("id", template.id())
        .bind("name", template.name())
        .bind("key", key(template.name()))
        .bind("order", OrderJson.write(template.order()))
        .bind("at", template.keptAt().toEpochMilli())
        .bind("by", template.keptBy())
        .execute();
  }
}
