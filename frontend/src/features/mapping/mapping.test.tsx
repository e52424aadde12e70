import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { queue } from '@/lib/offline/queue';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make } from '@/testing/mock-api';
import { where } from '@/testing/render-app';
import { open, row, rows } from './testing/desk';
import { LIST, PLAN, PROJECT, SAMPLE, server } from './testing/server';

describe('the step Mapping', () => {
  itHasFourFaces({
    path: '/projects/p1/mapping',
    operation: LIST,
    empty: { answer: list(), text: /Nothing was matched yet/ },
    answers: PROJECT,
  });

  it('shows both sides with how sure it is, why, and what is done to the values', async () => {
    const { user } = await open();
    expect(row(/EMAIL/)).toHaveTextContent('Certain97%email');
    expect(row(/REMARKS/)).toHaveTextContent('No match');
    expect(row(/^city/)).toHaveAttribute('aria-disabled', 'true');
    expect(screen.getByText('Decided: 0 of 4')).toBeVisible();
    await user.click(row(/DOB/));
    expect(screen.getByRole('heading', { name: 'Which column is DOB?' })).toBeVisible();
    expect(screen.getByText('dob ~ date of birth')).toBeVisible();
    expect(screen.getByText('Holds for 99.2% of the values looked at.')).toBeVisible();
    expect(screen.getByText('Tables without a partner: 1')).toBeVisible();
    await waitFor(() => {
      expect(where()).toContain('column=2');
    });
  });

  it('tries it on real rows when asked, each value once, the altered ones first', async () => {
    const given = server();
    const changed = (before: string, after: string | null, outcome: string) => ({
      before: { DOB: before },
      after: { birth_date: after },
      outcome,
      findings: after === null ? [{ kind: 'alter', message: 'no such date' }] : [],
    });
    const sample = make('PlanSampleView', {
      rows: [
        changed('00000000', null, 'altered'),
        ...['a', 'b'].map(() => changed('19790412', '1979-04-12', 'unchanged')),
      ],
      counts: { read: 3, altered: 1, rejected: 0, filtered: 0 },
    });
    Object.assign(given.answers, { [SAMPLE]: () => sample });
    const { user, api } = await open(given);
    await user.keyboard('{ArrowDown}');
    expect(api.of(SAMPLE)).toHaveLength(0);
    await user.keyboard('p');
    expect(await screen.findByText('Rows looked at: 3, altered: 1, rejected: 0')).toBeVisible();
    const items = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(items.filter((text) => /^\d{8}/.test(text))).toEqual([
      '00000000NULLalteredno such date',
      '197904121979-04-12',
    ]);
    const { text, table } = api.of(SAMPLE)[0]?.body as { text: string; table: string };
    expect(table).toBe('CUST');
    expect(JSON.parse(text)).toMatchObject({
      source: { connection: 'shop' },
      mappings: [{ target: 'customer', columns: [{ target: 'birth_date', expr: "strptime(DOB, '%Y%m%d')" }] }],
    });
  });

  it('lists its keys by ?, and leads to the search by /', async () => {
    const { user } = await open();
    await user.keyboard('/');
    expect(screen.getByRole('searchbox', { name: 'Find a column' })).toHaveFocus();
    await user.keyboard('dob');
    await waitFor(() => {
      expect(rows()).toHaveLength(1);
    });
    act(() => {
      (document.activeElement as HTMLElement).blur();
    });
    await user.keyboard('?');
    const help = await screen.findByRole('dialog', { name: /keys|shortcuts/i });
    for (const label of ['Accept', 'Other…', 'No match', 'Undo', 'Next column'])
      expect(within(help).getByText(label)).toBeVisible();
  });

  it('makes a plan of what was agreed, and leads to it', async () => {
    const given = server();
    const plan = make('PlanOfMatching', { plan_id: 'plan7' });
    const answers = { ...given.answers, [PLAN]: () => plan };
    const { user, api } = await open({ ...given, answers });
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(queue.count()).toBe(0);
      expect(where()).toContain('column=2');
    });
    await user.click(screen.getByRole('button', { name: 'Make the plan' }));
    const dialog = screen.getByRole('dialog');
    expect(within(dialog).getByText('Columns taken over: 1')).toBeVisible();
    expect(within(dialog).getByText('Still open, and not taken over: 3')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Make the plan' }));
    await waitFor(() => {
      expect(where()).toBe('/projects/p1/transformation?plan=plan7');
    });
    expect(api.of(PLAN)[0]?.body).toEqual({ name: 'shop to crm' });
  });

  it('says when two columns lead to the same target', async () => {
    const given = server();
    given.put(1, { decision: 'accepted' }, 'Ben');
    given.put(3, { decision: 'changed', target_column: 'email' }, 'Ben');
    const { user } = await open(given);
    await user.click(screen.getByRole('button', { name: 'Same target twice: 1' }));
    await waitFor(() => {
      expect(rows()).toHaveLength(2);
    });
  });
});
