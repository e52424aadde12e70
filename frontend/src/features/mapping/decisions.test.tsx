import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { list, type Sent } from '@/testing/mock-api';
import { where } from '@/testing/render-app';
import { allSent, chosen, hears, marked, open, row, sent, tell } from './testing/desk';
import { ACCEPT, DECIDE, SUGGESTIONS, server } from './testing/server';

/** The first page of a file loads all of its code. */
const COLD = { timeout: 12_000 };

describe('a column', () => {
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
});

describe('a decision', () => {
  it('that somebody else made the same is no conflict', async () => {
    const given = server();
    const { user } = await open(given);
    given.put(1, { decision: 'accepted' }, 'Ben Ito');
    await user.keyboard('{Enter}');
    await allSent();
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
    await allSent();
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
    await hears();
    slow = true;
    tell(3);
    await waitFor(() => {
      expect(lists).toHaveLength(1);
    });
    await user.keyboard('{Enter}');
    await allSent();
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
    // This browser keeps nothing, as a private window may.
    const storage = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('not here', 'QuotaExceededError');
    });
    const { user, api } = await open();
    await user.keyboard('{Enter}n');
    expect(screen.getByText('Offline: decisions are kept and sent later')).toBeVisible();
    expect(await screen.findByText('Wait to be sent: 2')).toBeVisible();
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
    storage.mockRestore();
  });
});
