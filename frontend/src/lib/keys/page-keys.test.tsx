import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { useListedKeys, usePageKeys } from './page-keys';

function Page({ accept }: { accept: () => void }) {
  usePageKeys([{ key: 'Enter', shown: '⏎', label: 'Accept', run: accept }]);
  const keys = useListedKeys();
  return (
    <>
      <input aria-label="Text" />
      <button type="button">Other</button>
      <p>{keys.map(({ label }) => label)}</p>
    </>
  );
}

describe('keys of a page', () => {
  it('do what they say, are listed, and end with the page', async () => {
    const accept = vi.fn();
    const user = userEvent.setup();
    const { unmount } = render(<Page accept={accept} />);
    expect(screen.getByText('Accept')).toBeVisible();
    await user.keyboard('{Enter}');
    expect(accept).toHaveBeenCalledTimes(1);
    unmount();
    await user.keyboard('{Enter}');
    expect(accept).toHaveBeenCalledTimes(1);
  });
  it('leave alone what is written and what is pressed', async () => {
    const accept = vi.fn();
    const user = userEvent.setup();
    render(<Page accept={accept} />);
    await user.type(screen.getByLabelText('Text'), 'a{Enter}');
    screen.getByRole('button').focus();
    await user.keyboard('{Enter}');
    expect(accept).not.toHaveBeenCalled();
  });
});
