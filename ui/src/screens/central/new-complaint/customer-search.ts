/// Which customers somebody may mean.
import type { CustomerName } from '../../../api/central/complaints';

const MOST = 8;

/// The first few whose names have all of the words, and how many more there are.
export function found(all: CustomerName[], text: string): { some: CustomerName[]; more: number } {
  const words = plain(text).split(' ').filter(Boolean);
  const fit = all.filter((one) => words.every((word) => plain(one.name).includes(word)));
  return { some: fit.slice(0, MOST), more: Math.max(0, fit.length - MOST) };
}

/// Nobody types quotation marks to find a company.
function plain(text: string): string {
  return text.toLowerCase().replace(/[«»„“”"'.,]/g, '').replace(/\s+/g, ' ').trim();
}
