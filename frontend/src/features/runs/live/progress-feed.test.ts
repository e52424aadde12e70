import { describe, expect, it } from 'vitest';
import type { Progress } from '@/lib/api/progress';
import { advance, secondsLeft } from './progress-feed';

const at = (seconds: number, rows_done: number, rows_total = 1000): Progress => ({
  phase: 'loading',
  seconds,
  rows_done,
  rows_total,
  bytes_done: rows_done * 10,
  rows_rejected: 0,
  tables: [],
});
const after = (...heard: Progress[]) =>
  heard.reduce(advance, { progress: undefined, rates: [], now: undefined, looks: [] } as Parameters<typeof advance>[0]);

describe('progress over time', () => {
  it('has no speed before there are two looks', () => {
    expect(after(at(1, 100)).now).toBeUndefined();
    expect(secondsLeft(after(at(1, 100)))).toBeUndefined();
  });
  it('counts rates between looks a second apart', () => {
    const live = after(at(0, 0), at(0.3, 30), at(1, 100), at(2, 300));
    expect(live.rates.map(({ rows }) => rows)).toEqual([100, 200]);
    expect(live.now).toMatchObject({ rows: 150, bytes: 1500 });
  });
  it('looks five seconds back, so that the time left does not jump', () => {
    const live = after(...Array.from({ length: 11 }, (_, second) => at(second, second < 5 ? 0 : (second - 5) * 100)));
    expect(live.now?.rows).toBe(100);
    expect(secondsLeft(live)).toBe(5);
  });
  it('begins again with a run that begins again', () => {
    expect(after(at(0, 0), at(1, 100), at(0.1, 5)).rates).toEqual([]);
  });
  it('knows no end without a total', () => {
    expect(secondsLeft(after(at(0, 0, -1), at(2, 100, -1)))).toBeUndefined();
  });
});
