import Box from '@mui/material/Box';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, type ReactNode } from 'react';

interface Shown {
  first: number;
  last: number;
}

interface Choice {
  /** The index of the chosen row; -1: none. It is kept in sight. */
  chosen: number;
  onChoose: (index: number) => void;
  /** Rows that cannot be chosen: headings. */
  passed?: (index: number) => boolean;
}

interface Props<Item> {
  /** Of rows: this and their index. For a field that chooses from the list. */
  id?: string;
  label: string;
  items: readonly Item[];
  itemKey: (item: Item) => string | number;
  /** In pixels; all rows are of one height. */
  rowHeight: number;
  /** Of the whole list, as CSS has it. */
  height: string | Record<string, string>;
  /** A list to choose from; without it the rows are only read. */
  choice?: Choice;
  /** Drawn behind the rows in the same coordinates; told which rows there are. */
  behind?: (shown: Shown) => ReactNode;
  children: (item: Item, index: number, chosen: boolean) => ReactNode;
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** The index that a key leads to; nothing when the key leads nowhere. */
export function stepTo(key: string, from: number, count: number, passed: (index: number) => boolean = () => false) {
  if (key === 'Home' || key === 'End')
    return stepTo(key === 'Home' ? 'ArrowDown' : 'ArrowUp', key === 'Home' ? -1 : count, count, passed);
  const step = STEPS[key];
  if (step === undefined || count === 0) return undefined;
  const way = Math.sign(step);
  let to = Math.min(count - 1, Math.max(0, from + step));
  while (to >= 0 && to < count && passed(to)) to += way;
  return to >= 0 && to < count ? to : undefined;
}

/** A long list of which only the rows in sight are there. */
export function VirtualList<Item>({
  id: given,
  label,
  items,
  itemKey,
  rowHeight,
  height,
  choice,
  behind,
  children,
}: Props<Item>) {
  const own = useId();
  const id = given ?? own;
  const scroller = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- nothing here is memoised by a compiler
  const rows = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 6,
  });
  const chosen = choice?.chosen ?? -1;
  useEffect(() => {
    rows.measure();
  }, [rows, rowHeight]);
  useEffect(() => {
    if (chosen >= 0) rows.scrollToIndex(chosen, { align: 'auto' });
  }, [rows, chosen]);
  const inSight = rows.getVirtualItems();
  const shown = { first: inSight[0]?.index ?? 0, last: inSight.at(-1)?.index ?? -1 };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const to = choice && stepTo(event.key, choice.chosen, items.length, choice.passed);
    if (to === undefined) return;
    event.preventDefault();
    choice?.onChoose(to);
  };
  return (
    <Box
      ref={scroller}
      id={id}
      role={choice ? 'listbox' : 'list'}
      aria-label={label}
      aria-activedescendant={chosen >= shown.first && chosen <= shown.last ? `${id}-${String(chosen)}` : undefined}
      tabIndex={0}
      onKeyDown={choice && onKeyDown}
      sx={{
        height,
        overflowY: 'auto',
        position: 'relative',
        contain: 'strict',
        '&:focus-visible': { outlineOffset: -2 },
      }}
    >
      <Box role="presentation" sx={{ position: 'relative' }} style={{ height: rows.getTotalSize() }}>
        {behind?.(shown)}
        {inSight.map(({ index, start }) => {
          const item = items[index];
          if (item === undefined) return null;
          const passed = choice?.passed?.(index) ?? false;
          return (
            <Box
              key={itemKey(item)}
              id={`${id}-${String(index)}`}
              role={choice ? 'option' : 'listitem'}
              aria-selected={choice && index === chosen}
              aria-disabled={passed || undefined}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              onClick={() => {
                if (!passed) choice?.onChoose(index);
              }}
              sx={{ position: 'absolute', insetInline: 0, insetBlockStart: 0, overflow: 'hidden' }}
              style={{ height: rowHeight, transform: `translateY(${String(start)}px)` }}
            >
              {children(item, index, index === chosen)}
            </Box>
          );
        })}
      </Box>
    </Box>
  );
}
