import { t, tOr } from '../i18n/i18n.svelte';

export interface FieldProblem {
  field: string;
  code: string;
  detail: string;
}

export interface Problem {
  status: number;
  code: string;
  detail: string;
  errors?: FieldProblem[];
}

/// A refusal of the back end, or that it could not be reached (`NETWORK`, status 0).
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
    this.name = 'ProblemError';
    this.problem = problem;
  }

  get isSignedOut(): boolean {
    return this.problem.status === 401;
  }

  /// What is wrong with one field of a form, in the person's language.
  field(name: string): string | undefined {
    const found = this.problem.errors?.find((error) => error.field === name || error.field.endsWith(`.${name}`));
    return found && codeInWords(found.code, found.detail);
  }
}

/// The code in the person's language, else the English detail of the back end.
export function explain(error: ProblemError): string {
  const { code, detail, errors } = error.problem;
  const words = codeInWords(code, detail || code);
  const fields = (errors ?? []).slice(0, 4).flatMap((e) => {
    const wrong = codeInWords(e.code, e.detail);
    if (wrong === words) return [];
    return [e.field ? `${tOr(`field.${leaf(e.field)}`, e.field)}: ${wrong}` : wrong];
  });
  return [words, ...fields].join(' ');
}

/// A code of the back end in the person's language: a problem, a reason for standing still, or a state
/// that something was found in.
export function codeInWords(code: string, otherwise: string): string {
  const state = /^(CAMPAIGN|LIST)_(.+)$/.exec(code);
  const stateWords = state ? tOr(`${state[1]!.toLowerCase()}State.${state[2]}`, '') : '';
  if (stateWords) return t('problem.WRONG_STATE', { state: stateWords });
  return tOr(`problem.${code}`, tOr(`reason.${code}`, otherwise));
}

/// Anything thrown, as a problem. Only a fetch that never got an answer is the network's fault.
export function asProblem(failure: unknown): ProblemError {
  if (failure instanceof ProblemError) return failure;
  if (failure instanceof TypeError && /fetch|network|load/i.test(failure.message)) {
    return new ProblemError({ status: 0, code: 'NETWORK', detail: 'The back end does not answer.' });
  }
  return new ProblemError({ status: 0, code: 'UNEXPECTED', detail: String(failure) });
}

/// Makes a problem of an answer's body, which may come from a proxy and be no problem document at all.
export function problemOf(status: number, body: unknown): ProblemError {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Partial<Problem>;
  const errors = Array.isArray(given.errors) ? given.errors : undefined;
  return new ProblemError({
    status,
    code: typeof given.code === 'string' ? given.code : `HTTP_${status}`,
    detail: typeof given.detail === 'string' ? given.detail : '',
    ...(errors ? { errors } : {}),
  });
}

function leaf(field: string): string {
  return field.split(/[./]/).pop() ?? field;
}
