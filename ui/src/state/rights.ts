/// What a role may do. The back end decides; pages only leave out what would be refused.
import { person } from './session.svelte';

/// Whether numbers, texts and money may be seen at a box.
export function seesBusiness(): boolean {
  return person()?.role !== 'TECHNICIAN';
}

/// Whether lists and campaigns may be changed at a box.
export function runsBusiness(): boolean {
  return person()?.role === 'OWNER';
}

/// Whether documents of central may be brought to a box in a file.
export function keepsBox(): boolean {
  return person()?.role === 'OWNER' || person()?.role === 'TECHNICIAN';
}

/// Whether everybody's entries of the audit log may be seen, checked and taken away.
export function auditsAll(): boolean {
  return person()?.role === 'OWNER' || person()?.role === 'AUDITOR';
}

/// Whether boxes may be admitted, licensed, commanded and revoked at central, and leases changed.
export function keepsFleet(): boolean {
  return person()?.role === 'FLEET';
}

/// Whether payments may be credited and corrections and price lists proposed and decided at central.
export function handlesMoney(): boolean {
  return person()?.role === 'BILLING';
}

/// Whether complaints about customers may be seen and examined at central. Whoever does that sees nothing else there.
export function examinesComplaints(): boolean {
  return person()?.role === 'COMPLAINTS';
}

/// Whether a complaint may be looked at, at a box or at central.
export function seesComplaints(): boolean {
  return examinesComplaints() || person()?.role === 'OWNER' || person()?.role === 'OPERATOR';
}

/// Whether boxes may be suspended at central: for technical reasons or for debt.
export function suspends(): boolean {
  return keepsFleet() || handlesMoney();
}
