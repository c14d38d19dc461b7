import { describe, expect, it } from 'vitest';
import { Resource } from '../src/state/resource.svelte';

/// Answers when told to.
function questions<T>() {
  const asked: ((value: T) => void)[] = [];
  return { load: () => new Promise<T>((answer) => asked.push(answer)), asked };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

describe('a resource', () => {
  it('takes news that come while it is fetched for newer than the answer', async () => {
    const { load, asked } = questions<{ a: number; b: number }>();
    const resource = new Resource(load);
    resource.patch({ b: 7 });
    expect(resource.value).toBeUndefined();
    asked[0]!({ a: 1, b: 2 });
    await settled();
    expect(resource.value).toEqual({ a: 1, b: 7 });
  });

  it('believes what it asked for after the news', async () => {
    const { load, asked } = questions<{ a: number }>();
    const resource = new Resource(load);
    asked[0]!({ a: 1 });
    await settled();
    resource.patch({ a: 2 });
    expect(resource.value).toEqual({ a: 2 });
    void resource.reload();
    asked[1]!({ a: 3 });
    await settled();
    expect(resource.value).toEqual({ a: 3 });
  });

  it('drops the answer to an older question, and the news that came before the newer one', async () => {
    const { load, asked } = questions<{ a: number; b?: number }>();
    const resource = new Resource(load);
    resource.patch({ b: 5 });
    void resource.reload();
    asked[1]!({ a: 2 });
    asked[0]!({ a: 1 });
    await settled();
    expect(resource.value).toEqual({ a: 2 });
  });
});
