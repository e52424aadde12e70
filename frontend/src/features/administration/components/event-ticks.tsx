import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Loaded } from '@/components/loaded';
import { Tick } from '@/components/tick';
import { $api } from '@/lib/api/client';

/** Which events a channel tells of; none chosen: all of them. */
export function EventTicks({ chosen, onChange }: { chosen: readonly string[]; onChange: (events: string[]) => void }) {
  const { t } = useTranslation('administration');
  const query = $api.useQuery('get', '/api/v1/me/notification-preferences');
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0 }}>
      <Box component="legend" sx={{ fontWeight: 550, mb: 1 }}>
        {t('channels.events')}
      </Box>
      <Box sx={{ color: 'text.secondary', fontSize: '0.9286rem', mb: 2 }}>{t('channels.eventsHint')}</Box>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.map(({ event, text }) => (
              <Tick
                key={event}
                label={<span dir="auto">{text}</span>}
                checked={chosen.includes(event)}
                onChange={(checked) => {
                  onChange(checked ? [...chosen, event] : chosen.filter((each) => each !== event));
                }}
              />
            ))}
          </>
        )}
      </Loaded>
    </Box>
  );
}
