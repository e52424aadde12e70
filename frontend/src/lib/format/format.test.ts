import { describe, expect, it, vi } from 'vitest';
import { formatOf, makeFormat, warmFormat } from './format';

const english = makeFormat('en');

describe('formats', () => {
  it.each([
    [0, '0 byte'],
    [999, '999 byte'],
    [1500, '1.5 kB'],
    [141_558, '142 kB'],
    [41e6, '41.0 MB'],
    [9e15, '9,000 TB'],
  ])('%d bytes as %s', (bytes, text) => {
    expect(english.bytes(bytes)).toBe(text);
  });
  it('differences with their sign', () => {
    expect([1234, 0, -7].map(english.signed)).toEqual(['+1,234', '0', '-7']);
    expect([0.0421, -0.5].map(english.signedPercent)).toEqual(['+4.2%', '-50%']);
  });
  it.each([
    [0, '0s'],
    [0.021, '0.02s'],
    [59.6, '1m'],
    [3725, '1h 2m 5s'],
  ])('%d seconds as %s', (seconds, text) => {
    expect(english.duration(seconds)).toBe(text);
  });
  it('moments relative to now', () => {
    const now = Date.parse('2026-05-01T12:00:00Z');
    expect(english.relative('2026-05-01T11:55:00Z', now)).toBe('5 minutes ago');
    expect(english.relative('2026-05-01T12:00:00Z', now)).toBe('now');
    expect(english.relative('2026-05-01T12:00:03Z', now)).toBe('now');
    expect(english.relative('2026-05-03T12:00:00Z', now)).toBe('in 2 days');
    expect(makeFormat('de').relative('2026-04-30T12:00:00Z', now)).toBe('gestern');
  });
  it('numbers by language', () => {
    expect(makeFormat('de').number(1234567.5)).toBe('1.234.567,5');
    expect(makeFormat('fr').percent(0.12)).toMatch(/12\s%/);
    expect(english.short(312_000)).toBe('312K');
  });
  it('are made ahead, later than now, and once', () => {
    vi.useFakeTimers();
    const numbers = vi.spyOn(Intl, 'NumberFormat');
    warmFormat('pt');
    expect(numbers).not.toHaveBeenCalled();
    vi.runAllTimers();
    expect(numbers).toHaveBeenCalledTimes(1);
    expect(formatOf('pt').number(1234567.5)).toBe('1.234.567,5');
    expect(numbers).toHaveBeenCalledTimes(1);
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
});
