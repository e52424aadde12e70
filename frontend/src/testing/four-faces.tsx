import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { pending, refuse } from './mock-api';
import { renderApp } from './render-app';

interface Page {
  path: string;
  /** The operation that the page is about. */
  operation: string;
  /** What the operation answers when there is nothing, and what the page says then. */
  empty?: { answer: unknown; text: RegExp | string };
  answers?: Record<string, () => unknown>;
}

/** Loading, empty, error and no permission: what every page must show. */
export function itHasFourFaces({ path, operation, empty, answers = {} }: Page) {
  const open = async (answer: unknown) => {
    await renderApp(path, { answers: { ...answers, [operation]: () => answer } });
    return screen.findByRole('main');
  };
  describe(`${path} shows`, () => {
    it('that it is loading', async () => {
      const main = await open(pending());
      await screen.findByRole('heading', { level: 1 });
      expect(main.querySelector('.MuiSkeleton-root')).not.toBeNull();
    });
    if (empty) {
      it('that there is nothing', async () => {
        const main = await open(empty.answer);
        const told = await within(main).findByText(empty.text);
        await waitFor(() => {
          expect(told).toBeVisible();
        });
      });
    }
    it('what failed, with the code, and tries again', async () => {
      const main = await open(refuse(503, 'MIQ-API-018'));
      const alert = await within(main).findByRole('alert');
      expect(alert).toHaveTextContent('MIQ-API-018');
      expect(within(alert).getByRole('button', { name: 'Try again' })).toBeEnabled();
    });
    it('who can give the permission', async () => {
      const main = await open(refuse(403, 'MIQ-API-006'));
      const alert = await within(main).findByRole('alert');
      expect(alert).toHaveTextContent('An owner or administrator of your tenant can give you this permission.');
    });
  });
}
