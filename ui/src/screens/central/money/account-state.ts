import type { Account, Proposal, WalletName } from '../../../api/central/money';

export type Wallet = Account['wallets'][number];

export function walletOf(account: Account, name: WalletName): Wallet {
  return account.wallets.find((wallet) => wallet.wallet === name) ?? { wallet: name, freeTiyn: 0, leasedTiyn: 0, totalTiyn: 0 };
}

/// Whether a wallet is below zero.
export function isInDebt(account: Account): boolean {
  return account.wallets.some((wallet) => wallet.totalTiyn < 0);
}

/// What a payment does to the price list of the customer: only one for calls does anything.
export function effectOfPayment(account: Account, wallet: WalletName): 'nothing' | 'pins' | 'switches' {
  if (wallet !== 'AUTOCALL' || !account.published) return 'nothing';
  if (!account.pinned) return 'pins';
  if (account.pinned.benefit) return 'nothing';
  return account.pinned.version === account.published.version ? 'nothing' : 'switches';
}

/// What a person may do with a proposal, or why not.
export function mayDecide(proposal: Proposal, login: string | undefined, handlesMoney: boolean): 'decides' | 'own' | 'looks' | 'over' {
  if (proposal.state !== 'OPEN') return 'over';
  if (!handlesMoney) return 'looks';
  return proposal.proposedBy === login ? 'own' : 'decides';
}

/// For how many whole usual days the money for calls lasts; nothing if nobody knows what is usual.
export function daysLeft(account: Account): number | undefined {
  if (!account.usualDayTiyn) return undefined;
  return Math.max(0, Math.floor(walletOf(account, 'AUTOCALL').totalTiyn / account.usualDayTiyn));
}

/// Whether less than one usual day is left.
export function isRunningOut(account: Account): boolean {
  return daysLeft(account) === 0;
}
