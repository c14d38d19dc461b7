/// A number of Kazakhstan as somebody wrote it, in E.164 form; undefined if it is none.
export function e164(text: string): string | undefined {
  const digits = text.replace(/[\s()+.-]/g, '');
  const whole = digits.length === 10 ? `7${digits}` : digits.length === 11 && digits.startsWith('8') ? `7${digits.slice(1)}` : digits;
  return /^7[0-9]{10}$/.test(whole) ? `+${whole}` : undefined;
}

/// What was typed or pasted, one a line or parted by commas or semicolons.
export function numbersOf(text: string): { numbers: string[]; wrong: string[] } {
  const all = text.split(/[\n,;]+/).map((one) => one.trim()).filter(Boolean);
  return { numbers: [...new Set(all.flatMap((one) => e164(one) ?? []))], wrong: all.filter((one) => e164(one) === undefined) };
}
