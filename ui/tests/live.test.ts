import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Live } from '../src/live/live.svelte';

/// The part of an EventSource that Live uses, driven by hand.
class Line extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 0;
  closed = false;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;

  connect() {
    this.readyState = 1;
    this.onopen?.();
  }

  drop(forGood: boolean) {
    this.readyState = forGood ? 2 : 0;
    this.onerror?.();
  }

  say(name: string, data: string) {
    this.dispatchEvent(new MessageEvent(name, { data }));
  }

  close() {
    this.closed = true;
  }
}

describe('the live line', () => {
  let lines: Line[];
  let live: Live;
  const line = () => lines.at(-1)!;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('EventSource', Line);
    lines = [];
    live = new Live('/api/live', () => {
      const line = new Line();
      lines.push(line);
      return line as unknown as EventSource;
    });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('hands each event to those who asked for its name', () => {
    const heard: unknown[] = [];
    const stop = live.on('balance', (event) => heard.push(event));
    live.open();
    line().connect();
    live.on('call', () => heard.push('another listener, after the line was opened'));
    line().say('balance', '{"availableTiyn":5}');
    line().say('call', '{}');
    stop();
    line().say('balance', '{"availableTiyn":6}');
    expect(live.state).toBe('open');
    expect(heard).toEqual([{ availableTiyn: 5 }, 'another listener, after the line was opened']);
  });

  it('survives an event that is no JSON', () => {
    const heard = vi.fn();
    live.on('call', heard);
    live.open();
    line().connect();
    line().say('call', 'not json');
    line().say('call', '{"id":1}');
    expect(heard).toHaveBeenCalledExactlyOnceWith({ id: 1 });
  });

  it('tells of a gap only once it is over, and not of the first connection', () => {
    const back = vi.fn();
    live.onReturn(back);
    live.open();
    line().connect();
    expect(back).not.toHaveBeenCalled();
    line().drop(false);
    expect(live.state).toBe('lost');
    expect(back).not.toHaveBeenCalled();
    line().connect();
    expect(live.state).toBe('open');
    expect(back).toHaveBeenCalledOnce();
    expect(lines).toHaveLength(1); // The browser connected again by itself.
  });

  it('opens a new line, less and less often, where the browser has given up', () => {
    const heard = vi.fn();
    live.on('call', heard);
    live.open();
    line().drop(true);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(lines).toHaveLength(2);
    line().drop(true);
    vi.advanceTimersByTime(1999);
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(3);
    line().connect();
    line().say('call', '{}');
    expect(heard).toHaveBeenCalledOnce();
    expect(lines[0]!.closed).toBe(true);
  });

  it('stays closed once it was closed', () => {
    live.open();
    line().drop(true);
    live.close();
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  });
});
