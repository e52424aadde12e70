import Box from '@mui/material/Box';
import { useId } from 'react';
import { tokens } from '@/lib/theme/tokens';

export interface Point {
  x: number;
  y: number;
}

interface Props {
  /** What the chart says, in words, for who does not see it. */
  label: string;
  points: readonly Point[];
  formatX: (x: number) => string;
  formatY: (y: number) => string;
  height?: number;
}

const WIDTH = 600;
const HEIGHT = 120;

/** The next 1, 2 or 5 times a power of ten: an axis that does not jump. */
export function roundUp(value: number) {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}

/** One quantity over time, as a filled line; axis texts are HTML, so that they keep their size. */
export function LineChart({ label, points, formatX, formatY, height = HEIGHT }: Props) {
  const fill = useId();
  const first = points[0]?.x ?? 0;
  const last = points.at(-1)?.x ?? 1;
  const top = roundUp(Math.max(...points.map(({ y }) => y), 0));
  const place = ({ x, y }: Point) =>
    `${(((x - first) / Math.max(last - first, 1e-9)) * WIDTH).toFixed(1)} ${(HEIGHT - (y / top) * HEIGHT).toFixed(1)}`;
  const line = points.map(place).join('L');
  const axis = { color: 'text.secondary', fontSize: '0.8571rem' };
  return (
    <Box
      role="img"
      aria-label={label}
      dir="ltr"
      sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', columnGap: 2 }}
    >
      <Box
        sx={{ ...axis, display: 'flex', flexDirection: 'column', justifyContent: 'space-between', textAlign: 'end' }}
      >
        <span>{formatY(top)}</span>
        <span>{formatY(0)}</span>
      </Box>
      <Box
        component="svg"
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        preserveAspectRatio="none"
        sx={{
          width: '100%',
          height,
          borderBlockEnd: '1px solid',
          borderInlineStart: '1px solid',
          borderColor: 'divider',
        }}
      >
        <defs>
          <linearGradient id={fill}>
            <stop stopColor={tokens.chart[4]} stopOpacity={0.25} />
          </linearGradient>
        </defs>
        {points.length > 1 && (
          <>
            <path d={`M0 ${String(HEIGHT)}L${line}L${String(WIDTH)} ${String(HEIGHT)}Z`} fill={`url(#${fill})`} />
            <path
              d={`M${line}`}
              fill="none"
              stroke={tokens.chart[4]}
              strokeWidth={2}
              vectorEffect="non-scaling-stroke"
            />
          </>
        )}
      </Box>
      <span />
      <Box sx={{ ...axis, display: 'flex', justifyContent: 'space-between' }}>
        <span>{formatX(first)}</span>
        <span>{formatX(last)}</span>
      </Box>
    </Box>
  );
}
