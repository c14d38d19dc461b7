import type { AnsweredBy, AnsweringMatrix } from '../../../api/box/door';

export const WHO: AnsweredBy[] = ['HUMAN', 'MACHINE', 'ANNOUNCEMENT', 'SILENCE', 'FAX'];

/// A row of the table: what the box took for one thing, by what people found.
export interface MatrixRow {
  verdict: AnsweredBy;
  cells: { truth: AnsweredBy; calls: number }[];
  calls: number;
}

export function rowsOf(matrix: AnsweringMatrix): MatrixRow[] {
  return WHO.map((verdict) => ({
    verdict,
    cells: WHO.map((truth) => ({ truth, calls: matrix.cells.find((cell) => cell.verdict === verdict && cell.truth === truth)?.calls ?? 0 })),
    calls: sumOf(matrix.verdicts, verdict),
  }));
}

export function sumOf(sums: AnsweringMatrix['truths'], who: AnsweredBy): number {
  return sums.find((sum) => sum.who === who)?.calls ?? 0;
}
