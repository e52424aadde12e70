import Box from '@mui/material/Box';
import { tokens } from '@/lib/theme/tokens';

const HEIGHT = 100;
const GAP = 0.15;

export interface Bar {
  /** What it stands for, with its number, in words: shown on hover. */
  text: string;
  size: number;
  /** Wider than the others on the line of numbers: drawn paler. */
  tail?: boolean;
}

interface Shape {
  width?: number | string;
  height?: number;
}

/**
 * How values are spread, as bars side by side: small enough for a row of a table. `label` says in words what it shows.
 * The line of numbers runs from left to right in every language.
 */
export function MiniHistogram({
  label,
  bars,
  width = 96,
  height = 24,
}: { label: string; bars: readonly Bar[] } & Shape) {
  const top = Math.max(...bars.map(({ size }) => size), 0) || 1;
  return (
    <Box
      component="svg"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${String(Math.max(bars.length, 1))} ${String(HEIGHT)}`}
      preserveAspectRatio="none"
      sx={{ width, height, display: 'block', borderBlockEnd: '1px solid', borderColor: 'divider' }}
    >
      {bars.map(({ text, size, tail }, at) => {
        // What is there is seen, however little it is.
        const tall = size > 0 ? Math.max((size / top) * HEIGHT, 4) : 0;
        return (
          <rect
            key={String(at)}
            x={at + GAP / 2}
            y={HEIGHT - tall}
            width={1 - GAP}
            height={tall}
            fill={tokens.chart[0]}
            opacity={tail ? 0.5 : 1}
          >
            <title>{text}</title>
          </rect>
        );
      })}
    </Box>
  );
}

export interface Share {
  /** The value or pattern itself. */
  name: string;
  /** 0 to 1. */
  share: number;
  /** The share or count as it is shown. */
  text: string;
}

/** Frequent values as parts of one bar; what is left of it are all others. */
export function MiniShares({
  label,
  items,
  width = 96,
  height = 10,
}: { label: string; items: readonly Share[] } & Shape) {
  return (
    <Box
      role="img"
      aria-label={label}
      sx={{ width, height, display: 'flex', bgcolor: 'action.selected', borderRadius: 0.5, overflow: 'hidden' }}
    >
      {items.map(({ name, share, text }, at) => (
        <Box
          key={String(at)}
          title={`${name}: ${text}`}
          sx={{ flex: 'none', borderInlineEnd: '1px solid', borderColor: 'background.paper' }}
          style={{
            inlineSize: `${String(share * 100)}%`,
            backgroundColor: tokens.chart[0],
            opacity: Math.max(0.35, 1 - at * 0.18),
          }}
        />
      ))}
    </Box>
  );
}

interface ListProps {
  label: string;
  items: readonly Share[];
  /** Names are words of the app rather than values of the data. */
  words?: boolean;
}

/** Names with their shares, one a line, each with a bar: readable without seeing it. */
export function ShareList({ label, items, words = false }: ListProps) {
  return (
    <Box
      component="ul"
      aria-label={label}
      sx={{
        listStyle: 'none',
        m: 0,
        p: 0,
        display: 'grid',
        gridTemplateColumns: 'minmax(80px, 2fr) minmax(48px, 1fr) max-content',
        columnGap: 3,
        rowGap: 1,
      }}
    >
      {items.map(({ name, share, text }, at) => (
        <Box
          component="li"
          key={String(at)}
          sx={{ display: 'grid', gridColumn: '1 / -1', gridTemplateColumns: 'subgrid', alignItems: 'center' }}
        >
          <Box
            component={words ? 'span' : 'code'}
            dir="auto"
            title={name}
            sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'pre' }}
          >
            {name}
          </Box>
          <Box aria-hidden sx={{ height: 8, bgcolor: 'action.selected', borderRadius: 0.5, overflow: 'hidden' }}>
            <Box
              sx={{ height: '100%' }}
              style={{ inlineSize: `${String(Math.min(share, 1) * 100)}%`, backgroundColor: tokens.chart[0] }}
            />
          </Box>
          <Box component="span" sx={{ textAlign: 'end' }}>
            {text}
          </Box>
        </Box>
      ))}
    </Box>
  );
}
