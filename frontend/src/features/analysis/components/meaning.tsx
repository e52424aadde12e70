import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import PersonIcon from 'lucide-react/icons/user-round';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';

/** What the values mean, how sure that is, and whether it is personal data. */
export function Meaning({ of: { kind, confidence, is_pii } }: { of: Schema<'SemanticProfile'> }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  if (!kind && !is_pii) return <>–</>;
  return (
    <Box
      component="span"
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: 1.5,
        whiteSpace: 'nowrap',
        ...(is_pii && { color: 'altered.main' }),
      }}
    >
      {is_pii && <PersonIcon size={14} role="img" aria-label={t('personal.mark')} />}
      {kind && <code>{kind}</code>}
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {format.percent(confidence)}
      </Box>
    </Box>
  );
}
