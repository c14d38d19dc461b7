package kz.qonyrau.appliance;

import kz.qonyrau.audit.Act;
import kz.qonyrau.audit.Actor;
import kz.qonyrau.audit.AuditAction;
import kz.qonyrau.audit.AuditLog;
import kz.qonyrau.integrations.ApiKey;
import kz.qonyrau.integrations.ApiKeys;
import kz.qonyrau.notices.Notices;
import org.jdbi.v3.core.Handle;

/// Has the owner told of each key that was frozen, and the audit log (SH-API-03).
record FrozenKeys(Notices notices, AuditLog audit) implements ApiKeys.AlongFrozen {

  @Override
  public void frozen(Handle handle, ApiKey key) {
    notices.tell(handle, "API_KEY_FROZEN", key.name());
    var unusedLine =
        audit.begin(
            handle,
            new Act(
                Actor.program("box"),
                AuditAction.API_KEY_FROZEN,
                "key/" + key.id(),
                "its program did not slow down",
                key.name()));
  }

  @Override
  public void done() {
    notices.told();
  }
}
