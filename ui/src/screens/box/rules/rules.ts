import type { ContactRules, Rules } from '../../../api/box/door';

/// As inputs hold it: an emptied one has `null`.
export interface ContactForm {
  gapMinutes: number | null;
  perDay: number | null;
  perWeek: number | null;
  perMonth: number | null;
}

export function formOf(rules: ContactRules): ContactForm {
  return { gapMinutes: rules.gapMinutes, perDay: rules.perDay ?? null, perWeek: rules.perWeek ?? null, perMonth: rules.perMonth ?? null };
}

/// An empty limit is none.
export function contactRulesOf(form: ContactForm): ContactRules {
  return {
    gapMinutes: form.gapMinutes ?? 0,
    ...(form.perDay ? { perDay: form.perDay } : {}),
    ...(form.perWeek ? { perWeek: form.perWeek } : {}),
    ...(form.perMonth ? { perMonth: form.perMonth } : {}),
  };
}

/// The years that the calendar can be looked at for: those with days off, and three from now on.
export function yearsOf(rules: Rules, thisYear: number): number[] {
  const years = new Set([thisYear, thisYear + 1, thisYear + 2, ...rules.daysOff.map((day) => Number(day.date.slice(0, 4)))]);
  return [...years].sort((a, b) => a - b);
}
