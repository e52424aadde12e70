import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { renderApp, where } from '@/testing/render-app';
import { answersWith, loadedBefore, PATH, planOf } from './testing/plan-page';

loadedBefore(
  () => import('./routes/versions'),
  () => import('./routes/new-plan'),
);

const TEXT = 'version: 1\nmappings:\n  - source: TBL_CUST\n    target: customers\n';
const plan = (members = {}) => planOf(TEXT, members);
const answers = answersWith(TEXT);

itHasFourFaces({ path: `${PATH}/versions`, operation: 'GET /api/v1/plans/{plan_id}/versions', answers });

describe('versions', () => {
  const version = (number: number, members = {}) =>
    make('PlanVersionView', { plan_id: 'l1', number, author: 'Anna', message: `change ${String(number)}`, ...members });
  const more = {
    'GET /api/v1/plans/{plan_id}/versions': () => list(version(3), version(2), version(1)),
    'GET /api/v1/plans/{plan_id}/versions/{number}': ({ path }: { path: string }) =>
      version(Number(path.split('/').at(-1)), {
        text: path.endsWith('3') ? TEXT : TEXT.replace('customers', 'people'),
      }),
    'GET /api/v1/plans/{plan_id}/diff': () =>
      make('PlanDiffView', {
        changes: [
          make('PlanDifferenceView', {
            kind: 'changed',
            pointer: '/mappings/customers/target',
            from: 'people',
            to: 'customers',
          }),
        ],
      }),
    'POST /api/v1/plans/{plan_id}/restore': () => plan({ version: 4 }),
  };
  it('are compared by table and by line', async () => {
    const { user } = await renderApp(`${PATH}/versions?plan=l1`, { answers: { ...answers, ...more } });
    expect(await screen.findByRole('heading', { name: 'From version 2 to 3' })).toBeVisible();
    expect(await screen.findByRole('row', { name: /target Changed people customers/ })).toBeVisible();
    expect(await screen.findByRole('row', { name: /Removed:\s*target: people/ })).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Compare from version 1' }));
    expect(where()).toContain('from=1');
  });
  it('are restored as a new one, after seeing what that changes', async () => {
    const { api, user } = await renderApp(`${PATH}/versions?plan=l1`, { answers: { ...answers, ...more } });
    await user.click(await screen.findByRole('button', { name: 'Restore version 1' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(await dialog.findByRole('row', { name: /Added:\s*target: people/ })).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Restore' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/plans/{plan_id}/restore')[0]?.body).toMatchObject({ number: 1 });
    });
    expect(api.of('POST /api/v1/plans/{plan_id}/restore')[0]?.headers.get('If-Match')).toBe('"v3"');
  });
});

describe('a new plan', () => {
  const more = {
    'GET /api/v1/connections': () =>
      list(
        make('ConnectionView', { connection_id: 'c1', name: 'legacy' }),
        make('ConnectionView', { connection_id: 'c2', name: 'crm' }),
      ),
    'POST /api/v1/projects/{project_id}/plans/propose': () => make('PlanProposalView', { text: TEXT }),
    'POST /api/v1/projects/{project_id}/plans': () => plan(),
  };
  it('is proposed from two connections', async () => {
    const { api, user } = await renderApp(`${PATH}/new`, { answers: { ...answers, ...more } });
    await user.type(await screen.findByRole('textbox', { name: 'Name of the plan' }), 'nightly');
    await screen.findAllByRole('option', { name: /legacy/ });
    await user.selectOptions(screen.getByLabelText('Source'), 'c1');
    await user.selectOptions(screen.getByLabelText('Target'), 'c2');
    await user.click(screen.getByRole('button', { name: 'Make the plan' }));
    await waitFor(() => {
      expect(where()).toContain('/projects/p1/transformation?plan=l1');
    });
    expect(api.of('POST /api/v1/projects/{project_id}/plans')[0]?.body).toEqual({ name: 'nightly', text: TEXT });
  });
  it('is taken from a file; what the server refuses is said', async () => {
    const { api, user } = await renderApp(`${PATH}/new`, {
      answers: { ...answers, ...more, 'POST /api/v1/projects/{project_id}/plans': () => refuse(422, 'MIQ-PLAN-002') },
    });
    await user.click(await screen.findByRole('radio', { name: /A plan file/ }));
    await user.upload(screen.getByLabelText('Plan file'), new File([TEXT], 'shop.yaml'));
    expect(await screen.findByDisplayValue('shop')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Make the plan' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('MIQ-PLAN-002');
    expect(api.of('POST /api/v1/projects/{project_id}/plans')[0]?.body).toEqual({ name: 'shop', text: TEXT });
  });
});
