const NBSP = ' ';

/// `1 234 567`, grouped alike in all three languages.
export function count(value: number | bigint): string {
  const text = String(typeof value === 'number' ? Math.trunc(value) : value);
  return text.replace('-', '−').replace(/\B(?=(\d{3})+$)/g, NBSP);
}

/// `42 %`. A share that is not zero never shows as 0 and one that is not whole never as 100.
export function percent(part: number, whole: number): string {
  if (whole <= 0) return `0${NBSP}%`;
  const share = (part / whole) * 100;
  const rounded = Math.round(share);
  if (part > 0 && rounded === 0) return `<1${NBSP}%`;
  if (part < whole && rounded === 100) return `>99${NBSP}%`;
  return `${rounded}${NBSP}%`;
}

/// `+7 701 234 56 78`; anything that is not a Kazakh number in E.164 is left as it is.
export function phone(number: string): string {
  const match = /^\+?7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(number);
  return match ? `+7${NBSP}${match[1]}${NBSP}${match[2]}${NBSP}${match[3]}${NBSP}${match[4]}` : number;
}

/// The eleven digits of a whole number of Kazakhstan, however it is written; undefined if it is none.
export function wholeNumber(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  if (/^[78]\d{10}$/.test(digits)) return `7${digits.slice(1)}`;
  return /^7\d{9}$/.test(digits) ? `7${digits}` : undefined;
}

const STEPS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/// A size in bytes split into a number and the key of its unit, 1024 to a step.
export function bytes(size: number): { value: string; unit: (typeof STEPS)[number] } {
  let value = size;
  let step = 0;
  while (value >= 1024 && step < STEPS.length - 1) {
    value /= 1024;
    step++;
  }
  const digits = step === 0 || value >= 100 ? 0 : 1;
  return { value: value.toFixed(digits).replace('.', ','), unit: STEPS[step]! };
}
