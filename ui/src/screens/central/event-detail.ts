import type { TimelineEntry } from '../../api/central/fleet';
import { t, tOr } from '../../i18n/i18n.svelte';

/// The detail of an entry with its codes in the person's language. What people wrote stays as they wrote it.
export function eventDetail({ kind, detail }: TimelineEntry): string {
  if (kind === 'COMMAND_GIVEN') return detail.replace(/^[A-Z_]+/, (order) => tOr(`order.${order}.name`, order));
  if (kind === 'COMMAND_ANSWERED') return detail.replace(/^([A-Z_]+): ([A-Z_]+)$/, (_, order: string, state: string) => `${tOr(`order.${order}.name`, order)}: ${tOr(`commandState.${state}`, state)}`);
  if (kind === 'SUSPENDED') return detail.replace(/^([a-z0-9-]+|trunk .+? \(t[0-9a-f]{8}\)), ([A-Z_]+)/, (_, what: string, ground: string) => `${suspended(what)}, ${tOr(`ground.${ground}`, ground)}`);
  if (kind === 'RESTORED') return detail.replace(/^(trunk .+? \(t[0-9a-f]{8}\)|[a-z0-9-]+)/, suspended);
  return detail;
}

function suspended(what: string): string {
  const trunk = /^trunk (.+) \(t[0-9a-f]{8}\)$/.exec(what);
  return trunk ? t('suspend.trunk', { name: trunk[1]! }) : moduleName(what);
}

function moduleName(module: string): string {
  return module === 'everything' ? tOr('suspend.everything', module) : tOr(`module.${module}`, module);
}
