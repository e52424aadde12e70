import Box from '@mui/material/Box';
import InputBase from '@mui/material/InputBase';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Status } from '@/components/status';
import type { Piece } from '@/lib/text/merge';

interface Props {
  number: number;
  piece: Piece;
  /** Who saved meanwhile. */
  name: string;
  settled: string | undefined;
  onSettle: (text: string) => void;
}

const WAYS = ['base', 'theirs', 'mine', 'both'] as const;
type Way = (typeof WAYS)[number];

const textOf = (piece: Piece, way: Way) => (way === 'both' ? [...piece.theirs, ...piece.mine] : piece[way]).join('\n');

/** Without the indentation that all three have. */
function shown(piece: Piece, way: Way) {
  const lines = [...piece.base, ...piece.theirs, ...piece.mine].filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return textOf(piece, way)
    .split('\n')
    .map((line) => line.slice(indent))
    .join('\n');
}

/** Lines that both changed: as they were, theirs, mine, and what becomes of them. */
export function ConflictCard({ number, piece, name, settled, onSettle }: Props) {
  const { t } = useTranslation('transformation');
  const id = useId();
  const labels: Record<Way, string> = {
    base: t('merge.wasBefore'),
    theirs: t('merge.isTheirs', { name }),
    mine: t('merge.isMine'),
    both: t('merge.isBoth'),
  };
  return (
    <Box
      role="group"
      aria-labelledby={id}
      sx={{ border: 1, borderColor: settled === undefined ? 'warning.main' : 'divider', borderRadius: 1, p: 3, mb: 3 }}
    >
      <Box id={id} sx={{ mb: 2 }}>
        <Status look={settled === undefined ? 'warning' : 'good'}>{t('merge.number', { number })}</Status>
      </Box>
      <Box
        sx={{
          display: 'grid',
          gap: 3,
          gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'repeat(3, minmax(0, 1fr))' },
          mb: 3,
        }}
      >
        {WAYS.filter((way) => way !== 'both').map((way) => (
          <Box key={way} sx={{ minWidth: 0 }}>
            <Box sx={{ color: 'text.secondary', mb: 1 }}>{labels[way]}</Box>
            <Box
              component="pre"
              dir="ltr"
              tabIndex={0}
              role="group"
              aria-label={labels[way]}
              sx={{ m: 0, p: 2, bgcolor: 'sunken', borderRadius: 1, overflow: 'auto', minHeight: 36 }}
            >
              {shown(piece, way) || t('merge.removed')}
            </Box>
          </Box>
        ))}
      </Box>
      <Box
        component="fieldset"
        sx={{ border: 0, p: 0, m: 0, mb: 2, display: 'flex', gap: 4, rowGap: 1, flexWrap: 'wrap' }}
      >
        <Box component="legend" sx={{ fontWeight: 550, p: 0, mb: 1 }}>
          {t('merge.becomes')}
        </Box>
        {WAYS.map((way) => (
          <Box component="label" key={way} sx={{ display: 'flex', gap: 1.5 }}>
            <input
              type="radio"
              name={id}
              checked={settled === textOf(piece, way)}
              onChange={() => {
                onSettle(textOf(piece, way));
              }}
            />
            {labels[way]}
          </Box>
        ))}
      </Box>
      <InputBase
        multiline
        fullWidth
        value={settled ?? ''}
        placeholder={t('merge.byHand')}
        onChange={({ target }) => {
          onSettle(target.value);
        }}
        inputProps={{ 'aria-label': t('merge.byHand'), dir: 'ltr', spellCheck: false, className: 'code' }}
        sx={{ border: 1, borderColor: 'divider', borderRadius: 1, px: 2, py: 1 }}
      />
    </Box>
  );
}
