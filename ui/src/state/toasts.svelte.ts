import { asProblem, explain } from '../api/problem';

export interface Toast {
  id: number;
  tone: 'good' | 'bad' | 'info';
  text: string;
}

const list = $state<Toast[]>([]);
let last = 0;

export function toasts(): Toast[] {
  return list;
}

/// Says something in the corner. Bad news stays until it is closed.
export function toast(text: string, tone: Toast['tone'] = 'good'): void {
  const id = ++last;
  list.push({ id, tone, text });
  if (list.length > 4) list.splice(0, 1);
  if (tone !== 'bad') setTimeout(() => dismiss(id), 5000);
}

export function toastFailure(failure: unknown): void {
  toast(explain(asProblem(failure)), 'bad');
}

export function dismiss(id: number): void {
  const at = list.findIndex((toast) => toast.id === id);
  if (at >= 0) list.splice(at, 1);
}
