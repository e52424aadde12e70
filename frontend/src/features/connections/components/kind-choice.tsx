import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { KINDS, type KindId } from './kinds';

/** Which system: radio buttons that look like cards. */
export function KindChoice({ value, onChange }: { value: KindId | undefined; onChange: (kind: KindId) => void }) {
  const { t } = useTranslation('connections');
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, mb: 5 }}>
      <Box component="legend" sx={{ fontWeight: 550, mb: 2 }}>
        {t('new.kind')}
      </Box>
      <Box sx={{ display: 'grid', gap: 2, gridTemplateColumns: 'repeat(auto-fill, minmax(200px, 1fr))' }}>
        {KINDS.map(({ id }) => (
          <Box
            component="label"
            key={id}
            sx={{
              display: 'flex',
              gap: 2,
              p: 3,
              border: 1,
              borderColor: value === id ? 'primary.main' : 'divider',
              bgcolor: value === id ? 'action.selected' : undefined,
              borderRadius: 1,
              cursor: 'pointer',
              '&:focus-within': { outline: '2px solid', outlineColor: 'primary.main' },
            }}
          >
            <input
              type="radio"
              name="kind"
              value={id}
              checked={value === id}
              onChange={() => {
                onChange(id);
              }}
            />
            <span>
              <Box component="span" sx={{ fontWeight: 550, display: 'block' }}>
                {t(`kinds.${id}.name`)}
              </Box>
              <Box component="span" sx={{ color: 'text.secondary', fontSize: '0.9286rem' }}>
                {t(`kinds.${id}.text`)}
              </Box>
            </span>
          </Box>
        ))}
      </Box>
    </Box>
  );
}
