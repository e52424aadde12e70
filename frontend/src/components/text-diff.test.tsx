import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { TextDiff } from './text-diff';

const many = Array.from({ length: 30 }, (_, at) => `line ${String(at + 1)}`);

describe('a diff of texts', () => {
  it('says what came and what went, and folds what stayed until it is asked for', async () => {
    const to = many.with(14, 'another line');
    render(<TextDiff label="Versions 1 and 2" from={many.join('\n')} to={to.join('\n')} />);
    expect(screen.getByRole('row', { name: /Removed:\s*line 15$/ })).toBeVisible();
    expect(screen.getByRole('row', { name: /Added:\s*another line$/ })).toBeVisible();
    expect(screen.getByText('line 12', { exact: false })).toBeVisible();
    expect(screen.queryByText('line 11', { exact: false })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: '11 unchanged lines' }));
    expect(screen.getByText('line 11', { exact: false })).toBeVisible();
  });
  it('says when nothing differs', () => {
    render(<TextDiff label="Versions" from="a" to="a" />);
    expect(screen.getByText('Nothing differs.')).toBeVisible();
  });
});
