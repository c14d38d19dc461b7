package kz.qonyrau.appliance;

import kz.qonyrau.integrations.Seal;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.speech.Sealer;

/// Introduces the vault of the recordings to whoever keeps other sounds on the disk.
record VaultSealer(Vault vault) implements Sealer, Seal {

  @Override
  public byte[] seal(byte[] plain, String context) {
    return vault.seal(plain, context);
  }

  @Override
  public byte[] open(byte[] sealed, String context) {
    return vault.open(sealed, context);
  }
}
