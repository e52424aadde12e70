import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { stepTo, VirtualList } from './virtual-list';

const items = Array.from({ length: 5000 }, (_, index) => `row ${String(index)}`);

function Choose() {
  const [chosen, setChosen] = useState(-1);
  return (
    <VirtualList
      label="Rows"
      items={items}
      itemKey={(item) => item}
      rowHeight={36}
      height="600px"
      choice={{ chosen, onChoose: setChosen, passed: (index) => index % 10 === 0 }}
    >
      {(item) => item}
    </VirtualList>
  );
}

describe('a virtual list', () => {
  it('has the rows in sight only, and says how many there are', () => {
    render(<Choose />);
    const rows = screen.getAllByRole('option');
    expect(rows.length).toBeLessThan(40);
    expect(rows[0]).toHaveAttribute('aria-setsize', '5000');
  });
  it('is chosen from by keyboard, past the headings', async () => {
    const user = userEvent.setup();
    render(<Choose />);
    screen.getByRole('listbox').focus();
    await user.keyboard('{ArrowDown}');
    expect(screen.getByRole('option', { selected: true })).toHaveTextContent('row 1');
    expect(screen.getByRole('listbox')).toHaveAttribute(
      'aria-activedescendant',
      screen.getByRole('option', { selected: true }).id,
    );
  });
  it('is a plain list where nothing is chosen', () => {
    render(
      <VirtualList label="Rows" items={items} itemKey={(item) => item} rowHeight={36} height="600px">
        {(item) => item}
      </VirtualList>,
    );
    expect(screen.getByRole('list', { name: 'Rows' })).toBeVisible();
    expect(screen.queryByRole('option')).toBeNull();
  });
});

describe('a key', () => {
  it('leads over what cannot be chosen, and stops at the ends', () => {
    const passed = (index: number) => index === 0 || index === 3;
    expect(stepTo('ArrowDown', 2, 6, passed)).toBe(4);
    expect(stepTo('ArrowUp', 4, 6, passed)).toBe(2);
    expect(stepTo('ArrowUp', 1, 6, passed)).toBeUndefined();
    expect(stepTo('Home', 5, 6, passed)).toBe(1);
    expect(stepTo('End', 1, 6, passed)).toBe(5);
    expect(stepTo('PageDown', 1, 6, passed)).toBe(5);
    expect(stepTo('a', 1, 6, passed)).toBeUndefined();
  });
});
