import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { ALL, heading, renderApp, where } from '@/testing/render-app';
import { EMPTY_ADDRESS, KINDS, requiredOf, urlOf, type Address, type Kind, type KindId } from './components/kinds';

const connection = (members = {}) =>
  make('ConnectionView', {
    connection_id: 'c1',
    name: 'crm',
    kind: 'postgresql',
    url: 'postgresql://miq:***@db/crm',
    version: 4,
    ...members,
  });
const GET = 'GET /api/v1/connections/{connection_id}';
const PATCH = 'PATCH /api/v1/connections/{connection_id}';
const TEST = 'POST /api/v1/connections/{connection_id}/test';

itHasFourFaces({
  path: '/connections',
  operation: 'GET /api/v1/connections',
  empty: { answer: list(), text: /No connection yet/ },
});
itHasFourFaces({
  path: '/connections/c1',
  operation: GET,
  answers: { 'GET /api/v1/connections/{connection_id}/usage': () => list() },
});

describe('the list', () => {
  it('asks for the next page only when wanted', async () => {
    const { api, user } = await renderApp('/connections', {
      answers: {
        'GET /api/v1/connections': ({ query }) =>
          query.get('cursor')
            ? list(connection({ connection_id: 'c2', name: 'second' }))
            : { items: [connection()], next: 'abc' },
      },
    });
    await screen.findByRole('link', { name: 'crm' });
    expect(api.of('GET /api/v1/connections')[0]?.query.has('cursor')).toBe(false);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('link', { name: 'second' })).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });
  it('keeps its filters in the address, and says that nothing fits them', async () => {
    const { api, user } = await renderApp('/connections', { answers: { 'GET /api/v1/connections': () => list() } });
    await user.type(await screen.findByLabelText('Search by name'), 'old');
    await user.selectOptions(screen.getByLabelText('Show'), 'Production');
    expect(await screen.findByText('Nothing fits these filters.')).toBeVisible();
    await waitFor(() => {
      expect(where()).toBe('/connections?production=yes&search=old');
    });
    await waitFor(() => {
      expect(api.of('GET /api/v1/connections').at(-1)?.query.toString()).toBe('search=old&production=true');
    });
  });
  it('offers nothing to who may only look', async () => {
    await renderApp('/connections', {
      permissions: ['connections.read'],
      answers: { 'GET /api/v1/connections': () => list() },
    });
    await screen.findByText(/No connection yet/);
    expect(screen.queryByRole('link', { name: 'New connection' })).toBeNull();
  });
});

describe('the wizard', () => {
  const fill = async (path: string, texts: Record<string, string>, answers = {}) => {
    const shown = await renderApp(path, { answers });
    for (const [label, text] of Object.entries(texts))
      await shown.user.type(await screen.findByRole('textbox', { name: label }), text);
    return shown;
  };
  it('tests before it saves, then shows the doctor’s advice, the worst first', async () => {
    const findings = [
      { level: 'ok', subject: 'reading', message: 'All tables can be read.', fix: '' },
      { level: 'blocks', subject: 'wal_level', message: 'It is replica.', fix: 'Set it to logical.' },
    ];
    const { api, user } = await fill(
      '/connections/new?kind=postgresql',
      { Host: 'db', Database: 'crm', User: 'miq', Name: 'crm' },
      {
        'POST /api/v1/connections': () => connection(),
        [TEST]: () => make('ConnectionTestView', { ok: true, tables: 12, milliseconds: 34, findings }),
      },
    );
    await user.type(screen.getByLabelText('Password'), 'p@ss/word');
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    const status = await screen.findByText('Works. Tables: 12. Answered in 34 ms.');
    expect(status).toBeVisible();
    const sent = api.of('POST /api/v1/connections')[0];
    expect(sent?.query.get('test')).toBe('true');
    expect(sent?.body).toMatchObject({
      name: 'crm',
      url: 'postgresql://miq:p%40ss%2Fword@db:5432/crm',
      production: false,
    });
    const advice = screen.getAllByRole('listitem').filter((item) => within(item).queryByText(/Good|Blocks/));
    expect(advice.map((item) => item.textContent)).toEqual([
      'Blockswal_levelIt is replica.Set it to logical.',
      'GoodreadingAll tables can be read.',
    ]);
  });
  it('says why nothing was saved, and saves untested when asked to', async () => {
    let tries = 0;
    const { api, user } = await fill(
      '/connections/new?kind=mysql',
      { Host: 'db', Database: 'crm', Name: 'crm' },
      {
        'POST /api/v1/connections': () => (tries++ === 0 ? refuse(422, 'MIQ-CONN-001') : connection()),
      },
    );
    await user.click(screen.getByRole('button', { name: 'Test and save' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Title of MIQ-CONN-001');
    await user.click(screen.getByRole('button', { name: 'Save without a test' }));
    await heading('crm');
    expect(api.of('POST /api/v1/connections')[1]?.query.get('test')).toBe('false');
  });
  it('asks for what is missing', async () => {
    const { api, user } = await renderApp('/connections/new?kind=postgresql');
    await user.click(await screen.findByRole('button', { name: 'Test and save' }));
    expect(await screen.findAllByText('Please fill this in')).toHaveLength(3);
    expect(api.of('POST /api/v1/connections')).toHaveLength(0);
  });
});

describe('one connection', () => {
  it('is changed on the version that was shown; when somebody was faster, theirs comes only when asked for', async () => {
    let name = 'crm';
    const { api, user } = await renderApp('/connections/c1', {
      answers: {
        [GET]: () => connection({ name, version: name === 'crm' ? 4 : 5 }),
        [PATCH]: () => {
          name = 'theirs';
          return refuse(412, 'MIQ-API-009');
        },
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Edit' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), '2');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(api.of(PATCH)[0]?.headers.get('If-Match')).toBe('"v4"');
    expect(api.of(PATCH)[0]?.body).toEqual({ name: 'crm2' });
    expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('crm2');
    await user.click(dialog.getByRole('button', { name: 'Load the present version' }));
    await waitFor(() => {
      expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('theirs');
    });
  });
  it('of production wants its name typed before it is removed', async () => {
    const { api, user } = await renderApp('/connections/c1', {
      answers: { [GET]: () => connection({ production: true }) },
    });
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByRole('button', { name: 'Remove' })).toBeDisabled();
    await user.type(dialog.getByRole('textbox', { name: 'Type crm to go on' }), 'crm');
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(where()).toBe('/connections');
    });
    expect(api.of('DELETE /api/v1/connections/{connection_id}')).toHaveLength(1);
  });
  it('says what it is used by', async () => {
    const used = {
      project_id: 'p1',
      project: 'Shop',
      plan_id: 'l1',
      plan: 'nightly',
      as_source: true,
      as_target: false,
    };
    await renderApp('/connections/c1', {
      answers: {
        [GET]: () => connection(),
        'GET /api/v1/connections/{connection_id}/usage': () => ({ items: [used] }),
      },
    });
    expect(await screen.findByRole('link', { name: 'Shop' })).toHaveAttribute('href', '/projects/p1');
  });
  it('cannot be changed by who may only look', async () => {
    await renderApp('/connections/c1', {
      permissions: ALL.filter((name) => name !== 'connections.write'),
      answers: { [GET]: () => connection() },
    });
    await heading('crm');
    await screen.findByText('Used by');
    expect(screen.queryByRole('button', { name: /Edit|Remove|Test now/ })).toBeNull();
  });
});

describe('URLs', () => {
  const kind = (id: KindId) => KINDS.find((each) => each.id === id) as Kind;
  const url = (id: KindId, address: Partial<Address>) => urlOf(kind(id), { ...EMPTY_ADDRESS, ...address });
  it.each<[KindId, Partial<Address>, string]>([
    [
      'postgresql',
      { host: '::1', database: 'a b', schema: 'public', tls: 'require' },
      'postgresql://[::1]:5432/a%20b?schema=public&sslmode=require',
    ],
    ['mysql', { host: 'db', port: '3307', database: 'x', user: 'u:1' }, 'mysql://u%3A1@db:3307/x'],
    ['csv', { file: 'f1' }, 'csv:upload:f1'],
    ['sqlite', { path: ' old.db ' }, 'sqlite:folder:old.db'],
    ['fake', { shape: 'wide', rows: '10' }, 'fake:wide?rows=10'],
    ['assert', {}, 'assert:'],
    ['url', { url: ' mariadb://db/x ' }, 'mariadb://db/x'],
  ])('of %s', (id, address, expected) => {
    expect(url(id, address)).toBe(expected);
  });
  it('need a path only when there is no file', () => {
    const csv = kind('csv');
    expect(requiredOf(csv, EMPTY_ADDRESS)).toEqual(['path']);
    expect(requiredOf(csv, { ...EMPTY_ADDRESS, file: 'f1' })).toEqual([]);
  });
});
