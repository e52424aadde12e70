import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';

/** What figures rest on: said beside them. */
export function Assumptions({ items }: { items: readonly string[] }) {
  const { t } = useTranslation('analysis');
  if (items.length === 0) return null;
  return (
    <Box component="details" sx={{ mt: 3, color: 'text.secondary', '& summary': { cursor: 'pointer' } }}>
      <summary>{t('assumptions')}</summary>
      <Box component="ul" dir="auto" sx={{ m: 0, mt: 1, paddingInlineStart: 5 }}>
        {items.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </Box>
    </Box>
  );
}
