package kz.qonyrau.appliance;

import kz.qonyrau.campaigns.FileSeal;
import kz.qonyrau.integrations.Seal;
import kz.qonyrau.recordings.Vault;
import kz.qonyrau.speech.Sealer;
import kz.qonyrau.telephony.trunks.PasswordSeal;

/// Introduces the vault of the recordings to whoever else keeps secrets on the disk.
record VaultSealer(Vault vault) implements Sealer, PasswordSeal, Seal, FileSeal {

  @Override
  public byte[] seal(byte[] plain, String context) {
    return vault.seal(plain, context);
  }

  @Override
  public byte[] open(byte[] sealed, String context) {
    return vault.open(sealed, context);
  }
}
