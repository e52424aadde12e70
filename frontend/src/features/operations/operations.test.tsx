import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { heading, renderApp, where } from '@/testing/render-app';

const schedule = (members = {}) =>
  make('ScheduleView', {
    schedule_id: 's1',
    name: 'nightly',
    kind: 'run',
    cron: '0 2 * * *',
    time_zone: 'Europe/Berlin',
    missed: 'once',
    overlap: 'skip',
    enabled: true,
    version: 4,
    ...members,
  });
const GET = 'GET /api/v1/schedules/{schedule_id}';
const PATCH = 'PATCH /api/v1/schedules/{schedule_id}';

itHasFourFaces({
  path: '/operations',
  operation: 'GET /api/v1/schedules',
  empty: { answer: list(), text: /No schedule yet/ },
});
itHasFourFaces({
  path: '/operations/workers',
  operation: 'GET /api/v1/monitor/workers',
  empty: { answer: { items: [] }, text: /No worker has been heard of/ },
});
itHasFourFaces({
  path: '/operations/tasks',
  operation: 'GET /api/v1/monitor/tasks',
  empty: { answer: list(), text: 'No task yet.' },
});
itHasFourFaces({ path: '/schedules/s1', operation: GET });
itHasFourFaces({ path: '/schedules/new?suite=u1', operation: 'GET /api/v1/suites/{suite_id}' });
itHasFourFaces({ path: '/schedules/new?plan=l1', operation: 'GET /api/v1/plans/{plan_id}' });

describe('a schedule', () => {
  it('says what went wrong, and is switched off on the version shown', async () => {
    const { api, user } = await renderApp('/schedules/s1', {
      answers: {
        [GET]: () => schedule({ last_error: 'the plan was removed' }),
        [PATCH]: () => schedule({ enabled: false }),
      },
    });
    expect(await screen.findByText('the plan was removed')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Switch off' }));
    await waitFor(() => {
      expect(api.of(PATCH)[0]?.body).toEqual({ enabled: false });
    });
    expect(api.of(PATCH)[0]?.headers.get('If-Match')).toBe('"v4"');
  });
  it('says that somebody was faster', async () => {
    const { user } = await renderApp('/schedules/s1', {
      answers: { [GET]: () => schedule(), [PATCH]: () => refuse(412, 'MIQ-API-009') },
    });
    await user.click(await screen.findByRole('button', { name: 'Switch off' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
  });
  it('is changed on the version shown; who was slower is told and loads the other one', async () => {
    let version = 4;
    const { api, user } = await renderApp('/schedules/s1', {
      answers: {
        [GET]: () => schedule({ version }),
        [PATCH]: ({ headers }) =>
          headers.get('If-Match') === `"v${String(version)}"` ? schedule() : refuse(412, 'MIQ-API-009'),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Edit' }));
    const dialog = screen.getByRole('dialog', { name: 'Edit nightly' });
    const cron = within(dialog).getByRole('textbox', { name: 'Cron expression' });
    await user.clear(cron);
    await user.type(cron, '30 3 * * *');
    version = 5;
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await user.click(await within(dialog).findByRole('button', { name: 'Load the present version' }));
    await waitFor(() => {
      expect(within(dialog).getByRole('textbox', { name: 'Cron expression' })).toHaveValue('0 2 * * *');
    });
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'How often' }), 'once');
    fireEvent.change(within(dialog).getByLabelText('At'), { target: { value: '2027-01-02T03:04' } });
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(api.of(PATCH)).toHaveLength(2);
    });
    expect(api.of(PATCH)[1]?.headers.get('If-Match')).toBe('"v5"');
    expect(api.of(PATCH)[1]?.body).toEqual({
      name: 'nightly',
      missed: 'once',
      overlap: 'skip',
      once_at: new Date('2027-01-02T03:04').toISOString(),
    });
  });
  it('of a suite says which checks it carries out', async () => {
    const { api, user } = await renderApp('/schedules/new?suite=u1', {
      answers: {
        'GET /api/v1/suites/{suite_id}': () => make('SuiteTextView', { suite_id: 'u1', name: 'customers' }),
        'POST /api/v1/schedules': () => schedule(),
        [GET]: () => schedule({ kind: 'check', subject: { suite_id: 'u1' }, plan_id: '' }),
      },
    });
    await heading('New schedule for customers');
    await user.click(screen.getByRole('button', { name: 'Make the schedule' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/schedules')[0]?.body).toMatchObject({ kind: 'check', subject: { suite_id: 'u1' } });
    });
    expect(await screen.findByRole('link', { name: 'Suite customers' })).toHaveAttribute('href', '/suites/u1');
  });
  it('that destroys wants a word for it', async () => {
    const preview = make('RunPreviewView', {
      creates: [],
      replaces: [],
      truncates: ['orders'],
      appends: [],
      upserts: [],
      warnings: [],
      destructive: true,
    });
    const { api, user } = await renderApp('/schedules/new?plan=l1', {
      answers: {
        'GET /api/v1/plans/{plan_id}': () => make('PlanTextView', { plan_id: 'l1', name: 'shop' }),
        'GET /api/v1/runs/preview': () => preview,
        'POST /api/v1/schedules': () => schedule(),
        [GET]: () => schedule(),
      },
    });
    await heading('New schedule for shop');
    await user.type(screen.getByRole('textbox', { name: 'Name' }), 'nightly');
    const tick = await screen.findByRole('checkbox', { name: /replaces or empties tables/ });
    expect(screen.getByRole('button', { name: 'Make the schedule' })).toBeDisabled();
    await user.click(tick);
    await user.click(screen.getByRole('button', { name: 'Make the schedule' }));
    await waitFor(() => {
      expect(where()).toBe('/schedules/s1');
    });
    expect(api.of('POST /api/v1/schedules')[0]?.body).toMatchObject({
      plan_id: 'l1',
      name: 'nightly',
      cron: '0 2 * * *',
      kind: 'run',
      confirm: true,
    });
  });
});

describe('workers and tasks', () => {
  it('a worker is drained', async () => {
    const worker = make('WorkerView', { worker_id: 'vm:1', state: 'active', doing: ['task1'] });
    const { api, user } = await renderApp('/operations/workers', {
      answers: { 'GET /api/v1/monitor/workers': () => ({ items: [worker] }) },
    });
    expect(await screen.findByRole('link', { name: 'Tasks: 1' })).toHaveAttribute(
      'href',
      '/operations/tasks?state=claimed&worker=vm%3A1',
    );
    await user.click(screen.getByRole('button', { name: 'Drain: vm:1' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/monitor/workers/{worker_id}/drain')[0]?.body).toEqual({ drain: true });
    });
  });
  it('a failed task is tried again; done ones offer nothing', async () => {
    const task = (task_id: string, state: string) =>
      make('MonitoredTask', { task_id, run_id: `run-${task_id}`, kind: 'execute', state });
    const { api, user } = await renderApp('/operations/tasks', {
      answers: {
        'GET /api/v1/monitor/tasks': () => list(task('1', 'failed'), task('2', 'done')),
        'POST /api/v1/monitor/tasks/{task_id}/retry': () => task('1', 'ready'),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Try again: run-1' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/monitor/tasks/{task_id}/retry')[0]?.path).toContain('/1/');
    });
    expect(screen.queryByRole('button', { name: /run-2/ })).toBeNull();
  });
  it('are not offered to who may not look at them', async () => {
    await renderApp('/operations', { permissions: ['runs.read'], answers: { 'GET /api/v1/schedules': () => list() } });
    await screen.findByText(/No schedule yet/);
    expect(screen.queryByRole('link', { name: 'Workers' })).toBeNull();
  });
});
