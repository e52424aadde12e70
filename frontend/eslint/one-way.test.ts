import { describe, expect, it } from 'vitest';
import { fault, faultOfTesting } from './one-way.js';

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

describe('what is there for tests', () => {
  it.each([
    ['features/runs/runs.test.tsx', 'testing/mock-api'],
    ['features/runs/testing/server.ts', 'testing/mock-api'],
    ['features/runs/runs.test.tsx', 'features/runs/testing/server'],
    ['features/runs/routes/runs.tsx', 'components/page'],
  ])('may go from %s to %s', (from, to) => {
    expect(faultOfTesting(from, to)).toBeUndefined();
  });
  it.each(['testing/mock-api', 'features/runs/testing/server', 'features/runs/runs.test'])(
    'may not go from the app to %s',
    (to) => {
      expect(faultOfTesting('features/runs/routes/runs.tsx', to)).toMatch(/for tests only/);
    },
  );
});
