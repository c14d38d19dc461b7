import type { paths } from '../../generated/box';
import { answer } from '../door';
import { box, type Block, type Blocked, type BlockImport, type BlockPage } from './door';

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

export type BlockFileOrder = paths['/blocks/imports']['post']['requestBody']['content']['application/json'];

/// Adds the numbers of an upload in the background; repeating it does no harm.
export function importBlocks(order: BlockFileOrder): Promise<BlockImport> {
  return answer(box.POST('/blocks/imports', { body: order }));
}

export function blockImport(importId: string): Promise<BlockImport> {
  return answer(box.GET('/blocks/imports/{importId}', { params: { path: { importId } } }));
}

/// Where the rows are fetched that were refused.
export function blockRejectsFile(importId: string): string {
  return `/api/blocks/imports/${importId}/rejects.csv`;
}
