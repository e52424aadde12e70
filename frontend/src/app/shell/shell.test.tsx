import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { FakeSocket } from '@/testing/fake-socket';
import { list, make, pending, refuse } from '@/testing/mock-api';
import { heading, renderApp, where } from '@/testing/render-app';

const notice = (members = {}) =>
  make('NotificationView', {
    notification_id: 'n1',
    title: 'The run of shop failed',
    link: 'https://miq.example/runs/r1',
    ...members,
  });

describe('the frame', () => {
  it('sends who is not signed in to sign in, and remembers where they wanted to go', async () => {
    await renderApp('/projects/p1?tab=2', { signedIn: false });
    await heading('Sign in');
    expect(where()).toBe('/sign-in?next=%2Fprojects%2Fp1%3Ftab%3D2');
  });
  it('shows only places that the person may go to', async () => {
    await renderApp('/', { permissions: ['projects.read'] });
    const rail = within(await screen.findByRole('navigation', { name: 'Main navigation' }));
    await rail.findByRole('link', { name: 'Projects' });
    expect(rail.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(['Home', 'Projects']);
  });
  it.each([
    [
      'and Projects to who was granted a role in one',
      [make('ProjectView', { project_id: 'p1' })],
      ['Home', 'Projects'],
    ],
    ['and no more to who has no role anywhere', [], ['Home']],
  ])('shows %s', async (_, projects, places) => {
    const { api } = await renderApp('/', {
      permissions: [],
      answers: { 'GET /api/v1/projects': () => list(...projects) },
    });
    const rail = within(await screen.findByRole('navigation', { name: 'Main navigation' }));
    await waitFor(() => {
      expect(api.of('GET /api/v1/projects')).not.toHaveLength(0);
      expect(rail.getAllByRole('link').map(({ textContent }) => textContent)).toEqual(places);
    });
  });
  it('waits for who it is for, but not for long', async () => {
    await renderApp('/', { answers: { 'GET /api/v1/me': () => pending() } });
    expect(screen.queryByRole('navigation', { name: 'Main navigation' })).toBeNull();
    expect(await screen.findByRole('navigation', { name: 'Main navigation' })).toBeVisible();
  });
  it('stands when it cannot be told who it is for, too', async () => {
    await renderApp('/', { answers: { 'GET /api/v1/me': () => refuse(503, 'MIQ-API-018') } });
    expect(await screen.findByRole('navigation', { name: 'Main navigation' })).toBeVisible();
  });
  it('leaves the focus where somebody put it while the page was drawn', async () => {
    await renderApp('/runs');
    await heading('Runs');
    const link = screen.getByRole('link', { name: 'Home' });
    link.focus();
    await new Promise((later) => setTimeout(later, 50));
    expect(link).toHaveFocus();
  });
  it('has nothing to narrow on a phone', async () => {
    const wide = window.matchMedia;
    vi.spyOn(window, 'matchMedia').mockImplementation((query) => ({ ...wide(query), matches: true }));
    await renderApp('/');
    await screen.findByRole('navigation', { name: 'Main navigation' });
    expect(screen.queryByRole('button', { name: 'Narrow the navigation' })).toBeNull();
    vi.restoreAllMocks();
  });
  it('leads who needs a second factor to where it is set up', async () => {
    await renderApp('/runs', { answers: { 'GET /api/v1/runs': () => refuse(403, 'MIQ-AUTH-005') } });
    await heading('Security and sessions');
    expect(await screen.findByRole('button', { name: 'Set up an authenticator' })).toBeVisible();
  });
  it('gives the focus to the heading of a page that one goes to', async () => {
    const { user } = await renderApp('/');
    await user.click(await screen.findByRole('link', { name: 'Runs' }));
    await waitFor(() => {
      expect(screen.getByRole('heading', { level: 1, name: 'Runs' })).toHaveFocus();
    });
  });
  it('has a page for addresses that there are not', async () => {
    await renderApp('/nowhere');
    await heading('Page not found');
  });
  it('ends the session at the server, then here', async () => {
    const { api, user } = await renderApp('/');
    await user.click(await screen.findByRole('button', { name: /Your account/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
    await heading('Sign in');
    expect(api.of('POST /api/v1/auth/logout')).toHaveLength(1);
  });
  it('narrows its navigation, and keeps that', async () => {
    const { user } = await renderApp('/');
    await user.click(await screen.findByRole('button', { name: 'Narrow the navigation' }));
    expect(screen.getByRole('button', { name: 'Widen the navigation' })).toBeVisible();
    expect(localStorage.getItem('miq.rail')).toBe('narrow');
  });
});

describe('the palette', () => {
  it('finds pages, actions and what the server knows, by keyboard', async () => {
    const { api, user } = await renderApp('/', {
      answers: {
        'GET /api/v1/projects': ({ query }) =>
          query.get('search') === 'shop'
            ? list(make('ProjectView', { project_id: 'p9', name: 'Shop to CRM' }))
            : list(),
      },
    });
    await heading('Hello, Anna Keller');
    await user.keyboard('{Control>}k{/Control}');
    const input = await screen.findByRole('combobox', { name: 'Search or command' });
    expect(input).toHaveFocus();
    await user.keyboard('shop');
    const found = await screen.findByRole('option', { name: /Shop to CRM/ });
    expect(found).toHaveAttribute('aria-selected', 'true');
    expect(input).toHaveAttribute('aria-activedescendant', found.id);
    await user.keyboard('{Enter}');
    await waitFor(() => {
      expect(where()).toBe('/projects/p9');
    });
    expect(api.of('GET /api/v1/connections').at(-1)?.query.get('search')).toBe('shop');
  });
  it('says when nothing has the name', async () => {
    const { user } = await renderApp('/', {
      answers: { 'GET /api/v1/projects': () => list(), 'GET /api/v1/connections': () => list() },
    });
    await user.click(await screen.findByRole('button', { name: /Search or command/ }));
    await user.keyboard('xyzzy');
    expect(await screen.findByText('Nothing has this name.')).toBeVisible();
  });
});

describe('shortcuts', () => {
  it('go to places by g and a letter, but not while one types', async () => {
    const { user } = await renderApp('/connections', { answers: { 'GET /api/v1/connections': () => list() } });
    await user.type(await screen.findByLabelText('Search by name'), 'gr');
    expect(where()).toMatch(/^\/connections/);
    (document.activeElement as HTMLElement).blur();
    await user.keyboard('gr');
    await heading('Runs');
  });
  it('are listed by ?', async () => {
    const { user } = await renderApp('/');
    await heading('Hello, Anna Keller');
    await user.keyboard('?');
    const dialog = within(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }));
    expect(dialog.getByText('g r')).toBeVisible();
  });
});

describe('the bell', () => {
  it('hears of what is new, opens it here, and marks it as read', async () => {
    let items = [notice()];
    const { api, user } = await renderApp('/nowhere', { answers: { 'GET /api/v1/notifications': () => ({ items }) } });
    await screen.findByRole('button', { name: 'Notifications, unread: 1' });
    await waitFor(() => {
      expect(FakeSocket.last?.topics()).toContain('user:u1');
    });
    items = [notice({ notification_id: 'n2', title: 'The run of crm succeeded' }), notice()];
    FakeSocket.last?.event('user:u1', 'notification.created', {});
    await user.click(await screen.findByRole('button', { name: 'Notifications, unread: 2' }));
    await user.click(await screen.findByRole('link', { name: 'The run of shop failed' }));
    await waitFor(() => {
      expect(where()).toBe('/runs/r1');
    });
    expect(api.of('POST /api/v1/notifications/{notification_id}/read')[0]?.path).toContain('n1');
  });
});
