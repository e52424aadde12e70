import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { diffLines, type DiffLine } from '@/lib/text/line-diff';
import { visuallyHidden } from './visually-hidden';

interface Props {
  /** What is compared, for who does not see it. */
  label: string;
  from: string;
  to: string;
  /** Unchanged lines shown around what changed. */
  around?: number;
}

type Block = { id: number; folded: boolean; lines: readonly DiffLine[] };

/** Long stretches without a change are folded, but for some lines on both sides. */
function blocksOf(lines: readonly DiffLine[], around: number): Block[] {
  const near = new Uint8Array(lines.length);
  lines.forEach(({ kind }, at) => {
    if (kind !== 'same') near.fill(1, Math.max(0, at - around), at + around + 1);
  });
  const blocks: (Block & { lines: DiffLine[] })[] = [];
  lines.forEach((line, at) => {
    const folded = near[at] === 0;
    const last = blocks.at(-1);
    if (last?.folded === folded) last.lines.push(line);
    else blocks.push({ id: at, folded, lines: [line] });
  });
  return blocks;
}

const LOOKS = {
  same: { sign: ' ', bgcolor: 'transparent', color: 'text.secondary' },
  removed: { sign: '−', bgcolor: 'diff.removed', color: 'error.main' },
  added: { sign: '+', bgcolor: 'diff.added', color: 'success.main' },
} as const;

const number = { color: 'text.secondary', textAlign: 'end', userSelect: 'none', px: 2 } as const;

function Line({ line }: { line: DiffLine }) {
  const { t } = useTranslation('common');
  const look = LOOKS[line.kind];
  return (
    <Box role="row" sx={{ display: 'contents' }}>
      <Box role="cell" sx={{ ...number, bgcolor: look.bgcolor }}>
        {line.from}
      </Box>
      <Box role="cell" sx={{ ...number, bgcolor: look.bgcolor }}>
        {line.to}
      </Box>
      <Box role="cell" sx={{ bgcolor: look.bgcolor, whiteSpace: 'pre', paddingInlineEnd: 4 }}>
        <Box component="span" aria-hidden sx={{ color: look.color, fontWeight: 700, userSelect: 'none' }}>
          {`${look.sign} `}
        </Box>
        {line.kind !== 'same' && (
          <Box component="span" sx={visuallyHidden}>
            {line.kind === 'added' ? t('diff.added') : t('diff.removed')}
          </Box>
        )}
        {line.text}
      </Box>
    </Box>
  );
}

/** Two versions of a text as one: what went, what came, with the lines around. */
export function TextDiff({ label, from, to, around = 3 }: Props) {
  const { t } = useTranslation('common');
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const blocks = useMemo(() => blocksOf(diffLines(from, to), around), [from, to, around]);
  if (from === to) return <Box sx={{ color: 'text.secondary', py: 2 }}>{t('diff.none')}</Box>;
  return (
    <Box
      role="table"
      aria-label={label}
      tabIndex={0}
      dir="ltr"
      className="code"
      sx={{
        display: 'grid',
        gridTemplateColumns: 'max-content max-content minmax(max-content, 1fr)',
        position: 'relative',
        overflow: 'auto',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        lineHeight: 1.6,
        fontVariantLigatures: 'none',
      }}
    >
      {blocks.map(({ id, folded, lines }) =>
        folded && !unfolded.has(id) ? (
          <Box key={id} role="row" sx={{ display: 'contents' }}>
            <Box
              role="cell"
              sx={{ gridColumn: '1 / -1', bgcolor: 'sunken', borderBlock: '1px solid', borderColor: 'divider' }}
            >
              <Button
                size="small"
                color="secondary"
                onClick={() => {
                  setUnfolded((before) => new Set([...before, id]));
                }}
                sx={{ position: 'sticky', insetInlineStart: 0 }}
              >
                {t('diff.unchanged', { count: lines.length })}
              </Button>
            </Box>
          </Box>
        ) : (
          lines.map((line) => <Line key={`${String(line.from)} ${String(line.to)}`} line={line} />)
        ),
      )}
    </Box>
  );
}
