import { describe, expect, it } from 'vitest';
import { fault } from './one-way.js';

const place = (layer: string, feature?: string) => ({ layer, feature });

describe('imports', () => {
  it.each([
    [place('app'), place('features', 'runs')],
    [place('features', 'runs'), place('features', 'runs')],
    [place('features', 'runs'), place('components')],
    [place('components'), place('lib')],
  ])('may go from %j to %j', (from, to) => {
    expect(fault(from, to)).toBeUndefined();
  });
  it.each([
    [place('lib'), place('components')],
    [place('components'), place('features', 'runs')],
    [place('features', 'runs'), place('app')],
    [place('features', 'runs'), place('features', 'projects')],
  ])('may not go from %j to %j', (from, to) => {
    expect(fault(from, to)).toMatch(/may not import/);
  });
});
