import { act, screen, waitFor, within } from '@testing-library/react';
import { expect } from 'vitest';
import { queue } from '@/lib/offline/queue';
import { FakeSocket } from '@/testing/fake-socket';
import { renderApp } from '@/testing/render-app';
import { DECIDE, server } from './server';

export interface Given extends Pick<ReturnType<typeof server>, 'rows' | 'put'> {
  answers: NonNullable<NonNullable<Parameters<typeof renderApp>[1]>['answers']>;
}

/** The step Mapping over a server, once its list stands. */
export async function open(given: Given = server(), path = '/projects/p1/mapping') {
  const app = await renderApp(path, { answers: given.answers });
  await screen.findByRole('listbox');
  return { ...app, server: given };
}
export const row = (name: RegExp) => within(screen.getByRole('listbox')).getByRole('option', { name });
export const rows = () => within(screen.getByRole('listbox')).getAllByRole('option');
export const chosen = () => within(screen.getByRole('listbox')).getByRole('option', { selected: true });
export const marked = (name: RegExp, word: string) => within(row(name)).queryByRole('img', { name: word });
/** Where each decision was sent, and what it said. */
export const sent = (api: Awaited<ReturnType<typeof open>>['api']) =>
  api.of(DECIDE).map(({ path, body }) => [path, body]);

/** Word of a colleague's decision about a suggestion. */
export function tell(number: number) {
  act(() => {
    FakeSocket.last?.event('project:p1', 'matching.decided', { matching_id: 'm1', number, by: 'ben' });
  });
}

/** Until the page hears what happens in the project. */
export const hears = (topic = 'project:p1') =>
  waitFor(() => {
    expect(FakeSocket.last?.topics()).toContain(topic);
  });

/** Until every decision has reached the server. */
export const allSent = () =>
  waitFor(() => {
    expect(queue.count()).toBe(0);
  });
