import { describe, expect, it } from 'vitest';
import type { Schema } from '@/lib/api/client';
import { make } from '@/testing/mock-api';
import { knownOf } from '../api/known';
import { readPlan } from './document';
import { freshTarget, idWith, isShared, partsOf } from './parts';

const plan = (...mappings: string[]) =>
  readPlan(`version: 1\nmappings:\n${mappings.map((each) => `  - {${each}}\n`).join('')}`).model.tables;

describe('a table that goes into several', () => {
  it('is told apart by its targets, and by a number where they are the same', () => {
    const tables = plan('source: C', 'source: C, target: p', 'source: D, target: p');
    expect(tables.map(({ id }) => id)).toEqual(['C', 'p', 'p #2']);
    expect(tables.map((each) => isShared(tables, each))).toEqual([true, true, false]);
    expect(
      tables
        .slice(0, 1)
        .flatMap((each) => partsOf(tables, each))
        .map(({ id }) => id),
    ).toEqual(['C', 'p']);
    expect(idWith(tables, 0, 'p')).toBe('p');
    expect(idWith(tables, 2, 'C')).toBe('C #2');
    expect(idWith(tables, 1, '')).toBe('C #2');
  });
  it('is not what queries are', () => {
    const tables = plan('source: {sql: SELECT 1}, target: a', 'source: {sql: SELECT 2}, target: b');
    expect(tables.some((each) => isShared(tables, each))).toBe(false);
  });
  it('gets a target that none has', () => {
    expect(freshTarget(plan('source: C, target: p'), 'C')).toBe('p_2');
    expect(freshTarget(plan('source: C', 'source: C, target: C_2', 'source: D, target: c_3'), 'C')).toBe('C_4');
  });
  it('has the columns of the target that it goes into, and none of another', () => {
    const column = (name: string) => make('PlanColumnView', { name });
    const entry = (target: string) =>
      make<Schema<'PlanTableView'>>('PlanTableView', {
        source_table: 'shop.C',
        target_table: target,
        source_columns: [column('ID')],
        target_columns: [column(`${target}_id`)],
      });
    const items = [entry('person'), entry('address')];
    const names = (mapping: string) => {
      const [table] = plan(mapping);
      if (!table) throw new Error('no table');
      const { source, target } = knownOf(items, table);
      return [source.map(({ name }) => name), target.map(({ name }) => name)];
    };
    expect(names('source: C, target: address')).toEqual([['ID'], ['address_id']]);
    expect(names('source: C')).toEqual([['ID'], ['person_id']]);
    expect(names('source: C, target: new')).toEqual([['ID'], []]);
    expect(names('source: D')).toEqual([[], []]);
  });
});
