import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Note } from '@/components/note';
import { Person } from '@/components/person';
import type { Conflict } from '../data/use-decisions';
import { sourcesOf, wishOf, type Wish } from '../model/suggestion';

/** A decision in a few words. */
function useSaid() {
  const { t } = useTranslation('mapping');
  return (wish: Wish, proposed: string | undefined) => {
    if (wish.decision === 'open' || wish.decision === 'rejected') return t(`said.${wish.decision}`);
    return t('said.leads', { target: wish.target_column ?? proposed ?? '' });
  };
}

interface Props {
  conflict: Conflict;
  onSettle: (conflict: Conflict, keep: 'theirs' | 'mine') => void;
}

/** Two people decided: what stands on the server, what was wanted here, and the choice. */
export function ConflictNote({ conflict, onSettle }: Props) {
  const { t } = useTranslation('mapping');
  const said = useSaid();
  const { theirs, mine, stale, detail } = conflict;
  if (!theirs) return null;
  const source = sourcesOf(theirs).join(' + ');
  return (
    <Note tone="warning" urgent>
      <strong>{stale ? t('conflict.title', { source }) : t('conflict.refused', { source })}</strong>
      {!stale && <div dir="auto">{detail}</div>}
      <Box
        component="dl"
        sx={{
          display: 'grid',
          gridTemplateColumns: 'fit-content(50%) 1fr',
          columnGap: 3,
          my: 1,
          overflowWrap: 'anywhere',
        }}
      >
        <dt>{theirs.decided_by_name ? <Person name={theirs.decided_by_name} /> : t('conflict.server')}</dt>
        <Box component="dd" sx={{ m: 0 }}>
          {said(wishOf(theirs), theirs.target_column)}
        </Box>
        <dt>{t('conflict.mine')}</dt>
        <Box component="dd" sx={{ m: 0 }}>
          {said(mine, theirs.target_column)}
        </Box>
      </Box>
      <Box sx={{ display: 'flex', gap: 2, flexWrap: 'wrap' }}>
        <Button
          size="small"
          variant="outlined"
          onClick={() => {
            onSettle(conflict, 'theirs');
          }}
        >
          {t('conflict.keepTheirs')}
        </Button>
        <Button
          size="small"
          variant="outlined"
          onClick={() => {
            onSettle(conflict, 'mine');
          }}
        >
          {t('conflict.takeMine')}
        </Button>
      </Box>
    </Note>
  );
}
