import type { CampaignAnswers } from '../../../api/box/door';

/// One line of the table of answers: a named answer, any answer, or a way of not answering.
export interface AnswerLine {
  key: string;
  /// The answer's name; undefined for anything that was said, and for a way of not answering.
  choice: string | undefined;
  result: CampaignAnswers['answers'][number]['result'];
  calls: number;
  share: number;
  languages: { language: string; calls: number }[];
  byKey: number;
}

/// Sums the counts by answer, the most frequent first and what was not answered behind them.
export function linesOf({ calls, answers }: CampaignAnswers): AnswerLine[] {
  const lines = new Map<string, AnswerLine>();
  for (const { result, choice, language, by, calls: some } of answers) {
    const key = `${result}/${choice ?? ''}`;
    const line = lines.get(key) ?? { key, choice, result, calls: 0, share: 0, languages: [], byKey: 0 };
    line.calls += some;
    line.share = calls > 0 ? line.calls / calls : 0;
    if (by === 'KEY') line.byKey += some;
    if (language && by === 'SPEECH') {
      const known = line.languages.find((one) => one.language === language);
      if (known) known.calls += some;
      else line.languages.push({ language, calls: some });
    }
    lines.set(key, line);
  }
  const answered = (line: AnswerLine) => (line.result === 'ANSWERED' ? 0 : 1);
  return [...lines.values()].sort((a, b) => answered(a) - answered(b) || b.calls - a.calls);
}
