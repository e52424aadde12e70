import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { itHasFourFaces } from '@/testing/four-faces';
import { list, make, refuse } from '@/testing/mock-api';
import { me, renderApp } from '@/testing/render-app';

const flag = (members = {}) =>
  make('FeatureFlagView', {
    name: 'new-map',
    text: 'The new map',
    enabled: true,
    percentage: 25,
    user_ids: ['u1'],
    version: 4,
    ...members,
  });
const tenant = (members = {}) =>
  make('TenantView', {
    tenant_id: 'x1',
    name: 'Acme',
    slug: 'acme',
    plan: 'team',
    state: 'active',
    quotas: { users: 50, projects: 1_000_000_000, storage_mb: 1024 },
    version: 8,
    ...members,
  });
const operator = { 'GET /api/v1/me': () => me({ tenant_id: 'default' }) };
const FLAGS = 'GET /api/v1/feature-flags';
const people = () => list(make('UserView', { user_id: 'u1', name: 'Anna', email: 'anna@example.com' }));

itHasFourFaces({
  path: '/administration/flags',
  operation: FLAGS,
  empty: { answer: list(), text: /No flag yet/ },
});
itHasFourFaces({ path: '/administration/settings', operation: 'GET /api/v1/tenant' });
itHasFourFaces({
  path: '/administration/tenants',
  operation: 'GET /api/v1/tenants',
  empty: { answer: list(), text: /Nothing fits/ },
  answers: operator,
});

describe('feature flags', () => {
  const answers = {
    [FLAGS]: () => list(flag()),
    'GET /api/v1/users': people,
    'GET /api/v1/feature-flags/evaluate': () => ({ flags: { 'new-map': false } }),
  };
  it('say for whom they are on, also for oneself', async () => {
    await renderApp('/administration/flags', { answers });
    const row = await screen.findByRole('row', { name: /new-map/ });
    await within(row).findByText('Off');
    expect(row).toHaveTextContent('25%');
    expect(within(row).getByText('On')).toBeVisible();
  });
  it('are changed on the version shown; a conflict is said', async () => {
    const { api, user } = await renderApp('/administration/flags', {
      answers: { ...answers, 'PATCH /api/v1/feature-flags/{name}': () => refuse(412, 'MIQ-API-009') },
    });
    await user.click(await screen.findByRole('button', { name: 'Change new-map' }));
    const dialog = within(screen.getByRole('dialog'));
    const share = dialog.getByRole('textbox', { name: 'Share of people' });
    await user.clear(share);
    await user.type(share, '101');
    expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.clear(share);
    await user.type(share, '50');
    await user.click(await dialog.findByRole('checkbox', { name: /Anna/ }));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    const sent = api.of('PATCH /api/v1/feature-flags/{name}')[0];
    expect(sent?.headers.get('If-Match')).toBe('"v4"');
    expect(sent?.body).toEqual({ text: 'The new map', enabled: true, percentage: 50, user_ids: [] });
  });
  it('are made, and removed after it was said what that does', async () => {
    const { api, user } = await renderApp('/administration/flags', {
      answers: { ...answers, 'POST /api/v1/feature-flags': () => flag() },
    });
    await user.click(await screen.findByRole('button', { name: 'New flag' }));
    await user.type(within(screen.getByRole('dialog')).getByRole('textbox', { name: 'Name' }), 'new-map');
    await user.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Make' }));
    await waitFor(() => {
      expect(api.of('POST /api/v1/feature-flags')[0]?.body).toMatchObject({ name: 'new-map', enabled: false });
    });
    await waitFor(() => {
      expect(screen.queryByRole('dialog')).toBeNull();
    });
    await user.click(screen.getByRole('button', { name: 'Remove new-map' }));
    const dialog = within(screen.getByRole('dialog'));
    expect(dialog.getByText('It is off for everybody then.')).toBeVisible();
    await user.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() => {
      expect(api.of('DELETE /api/v1/feature-flags/{name}')[0]?.headers.get('If-Match')).toBe('"v4"');
    });
  });
});

describe('the own tenant', () => {
  it('shows what it may have', async () => {
    await renderApp('/administration/settings', { answers: { 'GET /api/v1/tenant': () => tenant() } });
    expect(await screen.findByText('People', { selector: 'dt' })).toBeVisible();
    expect(screen.getByText('50')).toBeVisible();
    expect(screen.getByText('No limit')).toBeVisible();
    expect(screen.getByText('1.1 GB')).toBeVisible();
  });
  it('is renamed on the version shown; a conflict is said', async () => {
    const { api, user } = await renderApp('/administration/settings', {
      answers: {
        'GET /api/v1/tenant': () => tenant(),
        'PATCH /api/v1/tenant': () => refuse(412, 'MIQ-API-009'),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'Rename the tenant' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    expect(await dialog.findByRole('alert')).toHaveTextContent('Somebody else changed this meanwhile');
    expect(api.of('PATCH /api/v1/tenant')[0]?.headers.get('If-Match')).toBe('"v8"');
  });
});

describe('tenants', () => {
  const answers = { ...operator, 'GET /api/v1/tenants': () => list(tenant()) };
  const PATCH = 'PATCH /api/v1/tenants/{tenant_id}';
  it('are a page for who runs the instance only', async () => {
    await renderApp('/administration/settings', { answers: { 'GET /api/v1/tenant': () => tenant() } });
    await screen.findByRole('link', { name: 'Feature flags' });
    expect(screen.queryByRole('link', { name: 'Tenants' })).toBeNull();
  });
  it('are made, with a link for the owner to be handed on', async () => {
    const { api, user } = await renderApp('/administration/tenants', {
      answers: {
        ...answers,
        'POST /api/v1/tenants': () => ({
          tenant: tenant(),
          invitation_id: 'i1',
          invitation_link: 'https://miq/#token=z',
        }),
      },
    });
    await user.click(await screen.findByRole('button', { name: 'New tenant' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.type(dialog.getByRole('textbox', { name: 'Name' }), 'Acme');
    await user.type(dialog.getByRole('textbox', { name: 'Short name' }), 'acme');
    await user.type(dialog.getByRole('textbox', { name: 'E-mail of the owner' }), 'olga@example.com');
    await user.click(dialog.getByRole('button', { name: 'Make' }));
    expect(await screen.findByText('https://miq/#token=z')).toBeVisible();
    expect(api.of('POST /api/v1/tenants')[0]?.body).toEqual({
      name: 'Acme',
      slug: 'acme',
      plan: 'free',
      owner_email: 'olga@example.com',
    });
  });
  it('get quotas of their own, whole, and only when asked to', async () => {
    const { api, user } = await renderApp('/administration/tenants', {
      answers: { ...answers, [PATCH]: () => tenant() },
    });
    await user.click(await screen.findByRole('button', { name: 'Change Acme' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.selectOptions(dialog.getByRole('combobox', { name: 'Quotas' }), 'own');
    const people = dialog.getByRole('textbox', { name: 'People' });
    await user.clear(people);
    await user.type(people, '60');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(api.of(PATCH)[0]?.body).toEqual({ quotas: { users: 60, projects: 1_000_000_000, storage_mb: 1024 } });
    });
    expect(api.of(PATCH)[0]?.headers.get('If-Match')).toBe('"v8"');
  });
  it('are suspended only with their name typed, after it was said what that does', async () => {
    const { api, user } = await renderApp('/administration/tenants', {
      answers: { ...answers, [PATCH]: () => tenant() },
    });
    await user.click(await screen.findByRole('button', { name: 'Change Acme' }));
    const dialog = within(screen.getByRole('dialog'));
    await user.selectOptions(dialog.getByRole('combobox', { name: 'State' }), 'suspended');
    expect(dialog.getByText(/Nobody of Acme gets in any more/)).toBeVisible();
    expect(dialog.getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.type(dialog.getByRole('textbox', { name: 'Type acme to go on' }), 'acme');
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await waitFor(() => {
      expect(api.of(PATCH)[0]?.body).toEqual({ state: 'suspended' });
    });
  });
});
