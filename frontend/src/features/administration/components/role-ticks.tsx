import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Loaded } from '@/components/loaded';
import { Tick } from '@/components/tick';
import { $api } from '@/lib/api/client';

/** Which roles somebody has: by name, with what each is for. */
export function RoleTicks({ chosen, onChange }: { chosen: readonly string[]; onChange: (roles: string[]) => void }) {
  const { t } = useTranslation('administration');
  const query = $api.useQuery('get', '/api/v1/roles');
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0 }}>
      <Box component="legend" sx={{ fontWeight: 550, mb: 2 }}>
        {t('users.roles')}
      </Box>
      <Loaded query={query}>
        {({ items }) => (
          <>
            {items.map(({ role_id, name, text }) => (
              <Tick
                key={role_id}
                label={<bdi>{name}</bdi>}
                hint={<span dir="auto">{text}</span>}
                checked={chosen.includes(name)}
                onChange={(checked) => {
                  onChange(checked ? [...chosen, name] : chosen.filter((each) => each !== name));
                }}
              />
            ))}
          </>
        )}
      </Loaded>
    </Box>
  );
}
