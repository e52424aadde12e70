import Box from '@mui/material/Box';
import { linksIn, type Link } from '../model/slots';
import { bandOf, type Shown } from '../model/suggestion';
import { MIDDLE, ROW } from './pair-row';

/** Where a line begins: after the words of how sure it is. */
const BEGIN = 136;
const HEAD = 5;

const COLOURS: Record<Shown['decision'], string> = {
  open: 'secondary',
  accepted: 'success',
  changed: 'altered',
  rejected: 'secondary',
};

function dashOf({ one, part }: Link) {
  if (part) return '1 3';
  return one.decision === 'open' && bandOf(one) === 'unsure' ? '4 4' : undefined;
}

function Line({ link, first, chosen }: { link: Link; first: number; chosen: boolean }) {
  const y = (index: number) => (index - first + 0.5) * ROW.wide;
  const [from, to] = [y(link.from), y(link.to)];
  const end = MIDDLE - HEAD;
  const bend = (BEGIN + end) / 2;
  const colour = `var(--miq-palette-${chosen ? 'primary' : COLOURS[link.one.decision]}-main)`;
  return (
    <g stroke={colour} fill="none" strokeWidth={chosen ? 2 : 1.25} opacity={link.one.decision === 'open' ? 0.7 : 1}>
      <path
        d={`M${String(BEGIN)} ${String(from)} C${String(bend)} ${String(from)} ${String(bend)} ${String(to)} ${String(end)} ${String(to)}`}
        strokeDasharray={dashOf(link)}
      />
      <path
        d={`M${String(end - HEAD)} ${String(to - HEAD + 1)} L${String(end)} ${String(to)} L${String(end - HEAD)} ${String(to + HEAD - 1)}`}
      />
    </g>
  );
}

interface Props {
  links: readonly Link[];
  first: number;
  last: number;
  /** The number of the chosen suggestion. */
  chosen: number | undefined;
}

/** Lines from source to target, only those of which an end is in sight. The rows say the same in words. */
export function Links({ links, first, last, chosen }: Props) {
  const height = (last - first + 1) * ROW.wide;
  return (
    <Box
      component="svg"
      aria-hidden
      width={MIDDLE}
      height={height}
      sx={{
        position: 'absolute',
        insetInlineStart: `calc(50% - ${String(MIDDLE / 2)}px)`,
        insetBlockStart: 0,
        pointerEvents: 'none',
        zIndex: 1,
        '[dir=rtl] &': { scale: '-1 1' },
      }}
      style={{ transform: `translateY(${String(first * ROW.wide)}px)` }}
    >
      {linksIn(links, first, last).map((link) => (
        <Line
          key={`${String(link.one.number)}-${String(link.from)}`}
          link={link}
          first={first}
          chosen={link.one.number === chosen}
        />
      ))}
    </Box>
  );
}
