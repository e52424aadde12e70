import { useRef, useState, type KeyboardEvent } from 'react';
import type { TreeNode, TreeRow } from '../data/tree';

interface Acts {
  rows: readonly TreeRow[];
  onOpen: (node: TreeNode, open: boolean) => void;
  onChoose: (node: TreeNode) => void;
  /** Where one begins. */
  first: string | undefined;
}

const TYPING_MS = 600;

/** Which row is next for letters that are typed one after the other. */
function useTyped() {
  const typed = useRef({ text: '', at: 0 });
  return (rows: readonly TreeRow[], from: number, letter: string) => {
    const now = Date.now();
    const goesOn = now - typed.current.at < TYPING_MS;
    typed.current = { text: (goesOn ? typed.current.text : '') + letter.toLowerCase(), at: now };
    const { text } = typed.current;
    const first = text.length > 1 ? from : from + 1;
    for (let step = 0; step < rows.length; step += 1) {
      const at = (first + step) % rows.length;
      if (rows[at]?.node.name.toLowerCase().startsWith(text)) return at;
    }
    return from;
  };
}

/** Keys of a tree, as the ARIA authoring practices have them; the active row is told by `aria-activedescendant`. */
export function useTreeKeys({ rows, onOpen, onChoose, first }: Acts, rightToLeft: boolean) {
  const [activeId, setActiveId] = useState(first);
  const typed = useTyped();
  const found = rows.findIndex(({ node }) => node.id === activeId);
  const active = found < 0 ? 0 : found;
  const move = (to: number) => {
    setActiveId(rows[Math.max(0, Math.min(rows.length - 1, to))]?.node.id);
  };
  const parentOf = (at: number) => {
    const level = rows[at]?.level ?? 1;
    for (let above = at - 1; above >= 0; above -= 1) if ((rows[above]?.level ?? 1) < level) return above;
    return at;
  };
  const deeper = ({ node, open }: TreeRow) => {
    if (open === false) onOpen(node, true);
    else if (open) move(active + 1);
  };
  const back = ({ node, open }: TreeRow) => {
    if (open) onOpen(node, false);
    else move(parentOf(active));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[active];
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const choose = () => {
      onChoose(row.node);
    };
    const acts: Record<string, (row: TreeRow) => void> = {
      ArrowDown: () => {
        move(active + 1);
      },
      ArrowUp: () => {
        move(active - 1);
      },
      Home: () => {
        move(0);
      },
      End: () => {
        move(rows.length - 1);
      },
      ArrowRight: rightToLeft ? back : deeper,
      ArrowLeft: rightToLeft ? deeper : back,
      Enter: choose,
      ' ': choose,
    };
    const act = acts[event.key];
    if (!act && !/^[^\s?]$/u.test(event.key)) return;
    event.preventDefault();
    // Letters find names here; elsewhere they are shortcuts.
    event.stopPropagation();
    if (act) act(row);
    else move(typed(rows, active, event.key));
  };
  return { active, setActiveId, onKeyDown };
}
