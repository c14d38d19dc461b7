import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { LANGUAGES, speak, tOr } from '../src/i18n/i18n.svelte';
import { linkOf } from '../src/screens/audit/objects';
import { Unrolled } from '../src/state/unrolled.svelte';

const JAVA = join(import.meta.dirname, '../../firmware-services/shared/audit/src/main/java/kz/qonyrau/audit');
const constants = (file: string) => [...readFileSync(join(JAVA, file), 'utf8').matchAll(/^ {2}([A-Z_]+)(?:\(AuditArea\.[A-Z]+\))?[,;]?$/gm)].map((match) => match[1]!);

describe('the audit log', () => {
  it('has words for everything that can be done, in all languages', async () => {
    const actions = constants('AuditAction.java');
    const areas = constants('AuditArea.java');
    expect(actions).toContain('RECORDING_PLAYED');
    expect(actions.length).toBeGreaterThan(35);
    expect(areas).toHaveLength(8);
    for (const language of LANGUAGES) {
      await speak(language);
      expect(actions.filter((action) => tOr(`auditAction.${action}`, '') === ''), language).toEqual([]);
      expect(areas.filter((area) => tOr(`auditArea.${area}`, '') === ''), language).toEqual([]);
    }
  });

  it('links what has a page, and nothing else', () => {
    const id = '00000000-0000-4000-8000-000000000201';
    expect(linkOf(`campaign/${id}`)).toEqual({ kind: 'campaign', id, href: `#/campaigns/${id}` });
    for (const object of ['', 'list/OWN', 'model/ru-4', 'operation/audit', `upload/${id}`, `campaign/${id}"onclick=1`, 'campaign/../../x']) {
      expect(linkOf(object), object).toBeUndefined();
    }
  });
});

describe('a list that is unrolled', () => {
  const rows = Array.from({ length: 7 }, (_, index) => 7 - index);
  let load = vi.fn<(before?: number) => Promise<number[]>>();
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  beforeAll(() => {
    load = vi.fn((before?: number) => Promise.resolve(rows.filter((row) => row < (before ?? 99)).slice(0, 3)));
  });

  it('goes on from its last row until there is nothing before it', async () => {
    const list = new Unrolled<number>(load, 3);
    await settled();
    expect(list.value).toEqual([7, 6, 5]);
    await list.more();
    expect(list.atEnd).toBe(false);
    await list.more();
    expect(list.value).toEqual(rows);
    expect(list.atEnd).toBe(true);
  });

  it('forgets the older rows of another question', async () => {
    const list = new Unrolled<number>(load, 3);
    await settled();
    const older = list.more();
    await list.reload();
    await older;
    expect(list.value).toEqual([7, 6, 5]);
    expect(list.fetching).toBe(false);
  });

  it('keeps what it shows when older rows do not come', async () => {
    const list = new Unrolled<number>((before) => (before ? Promise.reject(new TypeError('network')) : load()), 3);
    await settled();
    await list.more();
    expect(list.value).toEqual([7, 6, 5]);
    expect(list.fetching).toBe(false);
  });
});
