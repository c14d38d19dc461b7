/// The thresholds of a low balance while they are being typed.
import type { Warnings } from '../../../api/box/door';
import { parseTenge } from '../../../format/money';

export const MOST_THRESHOLDS = 5;
const LARGEST_TIYN = 1_000_000_000_000;

export interface WarningsDraft {
  /// As typed; an empty line counts for nothing.
  lines: string[];
  usualDay: boolean;
}

/// What is wrong with a line, as the end of a key of `warnings.*`.
export type LineFault = 'badAmount' | 'tooLarge' | 'twice';

export function draftOf(warnings: Warnings): WarningsDraft {
  return { lines: warnings.thresholdsTiyn.map(typed), usualDay: warnings.usualDay };
}

/// An amount as a person would type it: `1000` or `1000,50`.
function typed(tiyn: number): string {
  const rest = tiyn % 100;
  const whole = String((tiyn - rest) / 100);
  return rest === 0 ? whole : `${whole},${String(rest).padStart(2, '0')}`;
}

/// What each line is worth, or what is wrong with it.
export function read(lines: string[]): { tiyn: number[]; faults: (LineFault | undefined)[] } {
  const tiyn: number[] = [];
  const faults = lines.map((line): LineFault | undefined => {
    if (line.trim() === '') return undefined;
    const amount = parseTenge(line);
    if (amount === undefined || amount < 1) return 'badAmount';
    if (amount > LARGEST_TIYN) return 'tooLarge';
    if (tiyn.includes(amount)) return 'twice';
    tiyn.push(amount);
    return undefined;
  });
  return { tiyn, faults };
}

/// Whether saving it would change anything.
export function differs(draft: WarningsDraft, saved: Warnings): boolean {
  const sorted = (amounts: number[]) => [...amounts].sort((one, other) => other - one).join();
  return draft.usualDay !== saved.usualDay || sorted(read(draft.lines).tiyn) !== sorted(saved.thresholdsTiyn);
}
