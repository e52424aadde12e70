import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { queue } from '@/lib/offline/queue';
import { FakeSocket } from '@/testing/fake-socket';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse, type Sent } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import type { Suggestion } from './model/suggestion';

const LIST = 'GET /api/v1/projects/{project_id}/matchings';
const ONE = 'GET /api/v1/matchings/{matching_id}';
const TABLES = 'GET /api/v1/matchings/{matching_id}/tables';
const SUGGESTIONS = 'GET /api/v1/matchings/{matching_id}/suggestions';
const DECIDE = 'POST /api/v1/matchings/{matching_id}/suggestions/{number}/decision';
const ACCEPT = 'POST /api/v1/matchings/{matching_id}/accept';
const SAMPLE = 'POST /api/v1/projects/{project_id}/plans/sample';
const PLAN = 'POST /api/v1/matchings/{matching_id}/plan';

/** The first page of a file loads all of its code. */
const COLD = { timeout: 12_000 };

const PROJECT = {
  'GET /api/v1/projects/{project_id}': () => make('ProjectView', { project_id: 'p1', name: 'Shop to CRM' }),
};
const matching = (members: object = {}) =>
  make('MatchingView', {
    matching_id: 'm1',
    project_id: 'p1',
    name: 'shop to crm',
    state: 'succeeded',
    source_connection: 'shop',
    target_connection: 'crm',
    unmatched: { source: ['APP_LOG'], target: [] },
    ...members,
  });
const pair = make('MatchedTableView', {
  number: 1,
  source_table: 'CUST',
  target_table: 'customer',
  target_columns: ['email', 'birth_date', 'full_name', 'city', 'is_active'],
});
const suggestion = (members: Partial<Suggestion>) =>
  make<Suggestion>('SuggestionView', { table_number: 1, confidence: 0.97, sure: true, decision: 'open', ...members });

/** A server that keeps what is decided, as the real one does. */
function server() {
  let clock = 0;
  const rows = new Map(
    [
      suggestion({ number: 1, source_column: 'EMAIL', target_column: 'email' }),
      suggestion({
        number: 2,
        source_column: 'DOB',
        target_column: 'birth_date',
        confidence: 0.81,
        sure: false,
        evidence: [{ signal: 'name', score: 0.9, text: 'dob ~ date of birth' }],
        alternatives: [
          { target_column: 'birth_date', confidence: 0.81 },
          { target_column: 'city', confidence: 0.2 },
        ],
        transformation: {
          kind: 'date_format',
          sources: ['DOB'],
          expr: "strptime(DOB, '%Y%m%d')",
          text: 'from yyyymmdd',
          confidence: 0.9,
          verified: 0.992,
        },
      }),
      suggestion({ number: 3, source_column: 'NAME', target_column: 'full_name' }),
      suggestion({ number: 4, source_column: 'REMARKS', target_column: undefined, confidence: 0, sure: false }),
    ].map((one) => [one.number, one]),
  );
  const put = (number: number, body: Partial<Suggestion>, by: string) => {
    const old = rows.get(number);
    if (!old) throw new Error(`no suggestion ${String(number)}`);
    clock += 1;
    const target = body.target_column ?? old.target_column;
    const decided = { decided_by_name: by, decided_at: `2026-05-04T03:02:0${String(clock)}Z` };
    const leads = body.decision === 'accepted' || body.decision === 'changed';
    const next: Suggestion = {
      ...old,
      decided_target: undefined,
      decided_at: undefined,
      decided_by_name: undefined,
      decision: body.decision ?? 'open',
      ...(body.decision !== 'open' && decided),
      ...(leads && { decided_target: target }),
    };
    rows.set(number, next);
    return next;
  };
  const decide = ({ path, body }: Sent) => {
    const number = Number(/suggestions\/(\d+)\//.exec(path)?.[1]);
    const wish = body as Partial<Suggestion> & { seen?: string; seen_at?: string };
    const now = rows.get(number);
    const late = wish.seen !== now?.decision || (wish.seen_at && wish.seen_at !== now?.decided_at);
    return late ? refuse(412, 'MIQ-API-009') : put(number, wish, 'Anna Keller');
  };
  const accept = ({ body }: Sent) => {
    const { confidence } = body as { confidence: number };
    const sure = [...rows.values()].filter((one) => one.decision === 'open' && one.confidence >= confidence);
    sure.forEach(({ number }) => put(number, { decision: 'accepted' }, 'Anna Keller'));
    return { accepted: sure.length };
  };
  return {
    rows,
    put,
    answers: {
      ...PROJECT,
      [LIST]: () => list(matching()),
      [ONE]: () => matching(),
      [TABLES]: () => ({ items: [pair] }),
      [SUGGESTIONS]: () => list(...rows.values()),
      [DECIDE]: decide,
      [ACCEPT]: accept,
    },
  };
}

interface Given extends Pick<ReturnType<typeof server>, 'rows' | 'put'> {
  answers: NonNullable<NonNullable<Parameters<typeof renderApp>[1]>['answers']>;
}

async function open(given: Given = server(), path = '/projects/p1/mapping') {
  const app = await renderApp(path, { answers: given.answers });
  await screen.findByRole('listbox');
  return { ...app, server: given };
}
const row = (name: RegExp) => within(screen.getByRole('listbox')).getByRole('option', { name });
const rows = () => within(screen.getByRole('listbox')).getAllByRole('option');
const chosen = () => within(screen.getByRole('listbox')).getByRole('option', { selected: true });
const marked = (name: RegExp, word: string) => within(row(name)).queryByRole('img', { name: word });
const sent = (api: Awaited<ReturnType<typeof open>>['api']) => api.of(DECIDE).map(({ path, body }) => [path, body]);

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

  it('is decided by keyboard alone, one column after the other, and taken back', async () => {
    const { user, api } = await open();
    await user.keyboard('{Enter}');
    expect(chosen()).toHaveTextContent('DOB');
    await user.keyboard('n');
    expect(chosen()).toHaveTextContent('NAME');
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => {
      expect(api.of(DECIDE)).toHaveLength(3);
    });
    expect(sent(api)).toEqual([
      ['/api/v1/matchings/m1/suggestions/1/decision', { decision: 'accepted', seen: 'open' }],
      ['/api/v1/matchings/m1/suggestions/2/decision', { decision: 'rejected', seen: 'open' }],
      ['/api/v1/matchings/m1/suggestions/4/decision', { decision: 'rejected', seen: 'open' }],
    ]);
    expect(marked(/EMAIL/, 'Accepted')).toBeVisible();
    await user.keyboard('u');
    expect(chosen()).toHaveTextContent('REMARKS');
    expect(marked(/REMARKS/, 'Open')).toBeVisible();
    await user.keyboard('u');
    await waitFor(() => {
      expect(sent(api).at(-1)).toEqual([
        '/api/v1/matchings/m1/suggestions/2/decision',
        { decision: 'open', seen: 'rejected', seen_at: '2026-05-04T03:02:02Z' },
      ]);
    });
  });

  it('takes another target by o, found by its name', async () => {
    const { user, api } = await open();
    await user.keyboard('{ArrowDown}o');
    const dialog = await screen.findByRole('dialog', { name: 'Another target for DOB' });
    expect(within(dialog).getByRole('option', { name: /email.*taken by EMAIL/ })).toBeVisible();
    await user.type(within(dialog).getByLabelText('Find a column of customer'), 'cit');
    await waitFor(() => {
      expect(within(dialog).getAllByRole('option')).toHaveLength(1);
    });
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(sent(api)).toEqual([
        ['/api/v1/matchings/m1/suggestions/2/decision', { decision: 'changed', target_column: 'city', seen: 'open' }],
      ]);
    });
    expect(row(/DOB/)).toHaveTextContent('city');
    expect(marked(/DOB/, 'Changed')).toBeVisible();
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
    expect(items.filter((text) => text.includes('→'))).toEqual([
      '00000000→NULLalteredno such date',
      '19790412→1979-04-12',
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

  it('accepts all that are sure enough, after saying how many', async () => {
    const { user, api } = await open();
    await user.click(await screen.findByRole('button', { name: 'Accept all ≥ 95 % (2)' }));
    const dialog = screen.getByRole('dialog');
    const from = within(dialog).getByLabelText('From a confidence of (%)');
    await user.clear(from);
    await user.type(from, '80');
    expect(within(dialog).getByText('Would be accepted: 3')).toBeVisible();
    expect(within(dialog).getByText('DOB → birth_date')).toBeVisible();
    await user.click(within(dialog).getByRole('button', { name: 'Accept (3)' }));
    expect(await screen.findByText('Decided: 3 of 4')).toBeVisible();
    expect(api.of(ACCEPT)[0]?.body).toEqual({ confidence: 0.8 });
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Decided: 0 of 4')).toBeVisible();
    await waitFor(() => {
      expect(api.of(DECIDE)).toHaveLength(3);
    });
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

describe('decisions of two people', () => {
  const tell = (number: number) => {
    act(() => {
      FakeSocket.last?.event('project:p1', 'matching.decided', { matching_id: 'm1', number, by: 'ben' });
    });
  };

  it('appear as they are made', async () => {
    const given = server();
    await open(given);
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('project:p1');
    });
    given.put(3, { decision: 'accepted' }, 'Ben Ito');
    tell(3);
    await waitFor(() => {
      expect(marked(/NAME/, 'Accepted')).toBeVisible();
    });
  });

  it.each([
    ['keeps theirs', 'Keep what is there', 'Accepted', 1],
    ['takes mine', 'Take mine', 'No match', 2],
  ])('that contradict each other are shown; one %s', async (_, button, state, requests) => {
    const given = server();
    const { user, api } = await open(given);
    given.put(1, { decision: 'accepted' }, 'Ben Ito');
    await user.keyboard('n');
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('Somebody else decided about EMAIL meanwhile');
    await waitFor(() => {
      expect(alert).toHaveTextContent('Ben Itoleads to emailYouno match');
    });
    await user.click(within(alert).getByRole('button', { name: button }));
    await waitFor(() => {
      expect(marked(/EMAIL/, state)).toBeVisible();
    });
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    expect(api.of(DECIDE)).toHaveLength(requests);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});

describe('a decision', () => {
  it('that somebody else made the same is no conflict', async () => {
    const given = server();
    const { user } = await open(given);
    given.put(1, { decision: 'accepted' }, 'Ben Ito');
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    expect(marked(/EMAIL/, 'Accepted')).toBeVisible();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('that was answered while its page was left is there when one comes back', async () => {
    const given = server();
    let answer: () => void = () => undefined;
    const held = new Promise<void>((done) => (answer = done));
    const { [DECIDE]: decide } = given.answers;
    const answers = { ...given.answers, [DECIDE]: (sent: Sent) => held.then(() => decide(sent)) };
    const { user } = await open({ ...given, answers });
    await user.keyboard('{Enter}');
    const steps = () => within(screen.getByRole('navigation', { name: 'Steps of the project' }));
    await user.click(steps().getByRole('link', { name: 'Overview' }));
    await waitFor(() => {
      expect(where()).toBe('/projects/p1');
      expect(steps().getByRole('link', { name: /^Mapping/ })).toBeVisible();
    }, COLD);
    answer();
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    await user.click(steps().getByRole('link', { name: /^Mapping/ }));
    await screen.findByRole('listbox');
    await waitFor(() => {
      expect(marked(/EMAIL/, 'Accepted')).toBeVisible();
    });
  });

  it('is not overtaken by a look at what others decided that began before it', async () => {
    const given = server();
    const lists: ((rows: unknown) => void)[] = [];
    let slow = false;
    const answers = {
      ...given.answers,
      [SUGGESTIONS]: ({ query }: Sent) => {
        const now = list(...given.rows.values());
        return slow && query.get('decision') === null ? new Promise((done) => lists.push(done)).then(() => now) : now;
      },
    };
    const { user } = await open({ ...given, answers });
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('project:p1');
    });
    slow = true;
    act(() => {
      FakeSocket.last?.event('project:p1', 'matching.decided', { matching_id: 'm1', number: 3, by: 'ben' });
    });
    await waitFor(() => {
      expect(lists).toHaveLength(1);
    });
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(queue.count()).toBe(0);
    });
    await act(async () => {
      lists[0]?.(undefined);
      await new Promise((done) => setTimeout(done, 50));
    });
    expect(marked(/EMAIL/, 'Accepted')).toBeVisible();
  });
});

describe('without a network', () => {
  it('decisions are kept, and sent when it is back', async () => {
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const { user, api } = await open();
    await user.keyboard('{Enter}n');
    expect(screen.getByText('Offline: decisions are kept and sent later')).toBeVisible();
    expect(await screen.findByText('Wait to be sent: 2')).toBeVisible();
    // The browser of these tests keeps nothing, as a private window may.
    expect(screen.getByText(/^Not kept in this browser: 2/)).toBeVisible();
    expect(screen.queryByText('Offline: decisions are kept and sent later')).toBeNull();
    expect(marked(/EMAIL/, 'Accepted')).toBeVisible();
    expect(marked(/EMAIL/, 'Waits to be sent')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Make the plan' })).toBeDisabled();
    expect(api.of(DECIDE)).toHaveLength(0);
    online.mockReturnValue(true);
    act(() => {
      window.dispatchEvent(new Event('online'));
    });
    await waitFor(() => {
      expect(api.of(DECIDE)).toHaveLength(2);
    });
    await waitFor(() => {
      expect(screen.queryByText(/Wait to be sent/)).toBeNull();
    });
    online.mockRestore();
  });
});

describe('a matching at work', () => {
  it('tells its progress live, and shows what it found when it is over', async () => {
    const given = server();
    let state = 'running';
    const now = () => matching({ state, progress: { phase: 'reading the source', done: 0, total: 3, unit: 'steps' } });
    await renderApp('/projects/p1/mapping', {
      answers: { ...given.answers, [LIST]: () => list(now()), [ONE]: now },
    });
    expect(await screen.findByText('Reading the source')).toBeVisible();
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('run:m1');
    });
    act(() => {
      FakeSocket.last?.event('run:m1', 'run.progress', { phase: 'matching', done: 2, total: 3, unit: 'steps' });
    });
    expect(await screen.findByText('Comparing columns')).toBeVisible();
    expect(screen.getByRole('progressbar', { name: 'Progress of the matching' })).toHaveAttribute(
      'aria-valuenow',
      '66',
    );
    state = 'succeeded';
    act(() => {
      FakeSocket.last?.event('project:p1', 'matching.finished', { matching_id: 'm1', name: 'x', state });
    });
    expect(await screen.findByRole('listbox')).toBeVisible();
  });

  it('that failed says why', async () => {
    const failed = matching({ state: 'failed', error: { code: 'MIQ-CONN-001', message: 'no answer', fix: 'Look.' } });
    await renderApp('/projects/p1/mapping', {
      answers: { ...PROJECT, [LIST]: () => list(failed), [ONE]: () => failed },
    });
    expect(await screen.findByText('This matching failed')).toBeVisible();
    expect(screen.getByText('MIQ-CONN-001')).toBeVisible();
  });

  it('is started between two connections', async () => {
    const connections = list(
      make('ConnectionView', { connection_id: 'c1', name: 'shop', kind: 'sqlite' }),
      make('ConnectionView', { connection_id: 'c2', name: 'crm', kind: 'postgresql' }),
    );
    const { user, api } = await renderApp('/projects/p1/mapping/new', {
      answers: {
        ...PROJECT,
        'GET /api/v1/connections': () => connections,
        'POST /api/v1/projects/{project_id}/matchings': () => matching({ matching_id: 'm9' }),
      },
    });
    const main = await screen.findByRole('main');
    await user.selectOptions(await within(main).findByLabelText('Source'), 'shop (sqlite)');
    await user.selectOptions(within(main).getByLabelText('Target'), 'crm (postgresql)');
    await user.selectOptions(within(main).getByLabelText(/Rows of each table/), 'None: names and types only');
    await user.click(within(main).getByText('More options'));
    await user.type(within(main).getByLabelText('Tables of the source'), 'CUST*\nORD_*');
    await user.click(within(main).getByRole('button', { name: 'Start a matching' }));
    await waitFor(() => {
      expect(where()).toBe('/projects/p1/mapping?matching=m9');
    });
    expect(api.of('POST /api/v1/projects/{project_id}/matchings')[0]?.body).toEqual({
      source_connection_id: 'c1',
      target_connection_id: 'c2',
      rows: 0,
      source_tables: ['CUST*', 'ORD_*'],
    });
  });

  it('is removed after it was asked', async () => {
    const { user, api } = await open();
    await user.click(screen.getByRole('button', { name: 'Remove this matching' }));
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Remove this matching' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/matchings/{matching_id}')).toHaveLength(1);
    });
  });
});
