import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { allSent, hears, marked, open, tell } from './testing/desk';
import { DECIDE, server } from './testing/server';

describe('decisions of two people', () => {
  it('appear as they are made', async () => {
    const given = server();
    await open(given);
    await hears();
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
    await allSent();
    expect(api.of(DECIDE)).toHaveLength(requests);
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
