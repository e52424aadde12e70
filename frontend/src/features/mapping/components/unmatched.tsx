import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';

function Names({ title, names }: { title: string; names: readonly string[] }) {
  if (names.length === 0) return null;
  return (
    <Box sx={{ mt: 2 }}>
      <Box sx={{ color: 'text.secondary' }}>{title}</Box>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4 }}>
        {names.map((name) => (
          <code key={name} dir="auto">
            {name}
          </code>
        ))}
      </Box>
    </Box>
  );
}

/** Tables for which there was no partner. */
export function Unmatched({ unmatched }: { unmatched: Schema<'MatchingView'>['unmatched'] }) {
  const { t } = useTranslation('mapping');
  if (!unmatched || unmatched.source.length + unmatched.target.length === 0) return null;
  return (
    <Box component="details" sx={{ mt: 4 }}>
      <Box component="summary" sx={{ cursor: 'pointer' }}>
        {t('unmatched.title', { count: unmatched.source.length + unmatched.target.length })}
      </Box>
      <Names title={t('unmatched.source')} names={unmatched.source} />
      <Names title={t('unmatched.target')} names={unmatched.target} />
    </Box>
  );
}
