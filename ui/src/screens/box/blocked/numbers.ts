/// What somebody typed or pasted, as numbers: one a line, or parted by commas or semicolons. Spaces stand inside of numbers.
export function numbersIn(text: string): string[] {
  return text.split(/[\n,;]+/).map((one) => one.trim()).filter((one) => one !== '');
}

export const MOST_AT_ONCE = 1000;
