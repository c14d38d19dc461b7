import { answer } from '../door';
import { box, type Block, type Blocked, type BlockPage } from './door';

export type BlockListName = Block['list'];

/// Numbers that no campaign may reach, newest entry first.
export function blocks(list: BlockListName | undefined, search: string, page: number, size: number): Promise<BlockPage> {
  return answer(box.GET('/blocks', { params: { query: { page, size, ...(list ? { list } : {}), ...(search ? { search } : {}) } } }));
}

export function block(numbers: string[], reason: string): Promise<Blocked> {
  return answer(box.POST('/blocks', { body: { numbers, reason } }));
}

export async function liftBlock(number: string, list: BlockListName, reason: string): Promise<void> {
  await answer(box.POST('/blocks/lift', { body: { number, list, reason } }));
}
