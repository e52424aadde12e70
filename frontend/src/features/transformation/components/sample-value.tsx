import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';

/** A value as it is, in its own direction; NULL and empty text told apart. */
export function SampleValue({
  value,
  tone = 'text.primary',
}: {
  value: string | null | undefined;
  tone?: string | undefined;
}) {
  const { t } = useTranslation('transformation');
  const odd = value === null || value === undefined ? 'NULL' : value === '' ? t('sample.emptyText') : undefined;
  return (
    <Box
      component="span"
      className="code"
      dir="auto"
      title={value && value.length > 40 ? value : undefined}
      sx={{
        color: odd === undefined || tone !== 'text.primary' ? tone : 'text.secondary',
        fontStyle: odd === undefined ? undefined : 'italic',
        display: 'inline-block',
        maxWidth: '32ch',
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'pre',
        verticalAlign: 'bottom',
      }}
    >
      {odd ?? value}
    </Box>
  );
}
