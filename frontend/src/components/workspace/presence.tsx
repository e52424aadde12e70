import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import PencilIcon from 'lucide-react/icons/pencil';
import UsersIcon from 'lucide-react/icons/users';
import type { Other } from './use-presence';

const line = { display: 'inline-flex', gap: 1.5, alignItems: 'center', minWidth: 0, overflowWrap: 'anywhere' };

/** Who else is here, and who edits what; read out when it changes. */
export function Presence({ others }: { others: readonly Other[] }) {
  const { t } = useTranslation('workspace');
  return (
    <Box
      component="span"
      role="status"
      sx={{ display: 'inline-flex', gap: 4, rowGap: 1, flexWrap: 'wrap', minWidth: 0 }}
    >
      {others.length > 0 && (
        <Box component="span" sx={line}>
          <UsersIcon size={15} aria-hidden style={{ flexShrink: 0 }} />
          <bdi>{t('here', { names: others.map(({ name }) => name).join(', ') })}</bdi>
        </Box>
      )}
      {others.map(
        ({ user_id, name, edits }) =>
          edits && (
            <Box key={user_id} component="span" sx={{ ...line, color: 'primary.main' }}>
              <PencilIcon size={14} aria-hidden style={{ flexShrink: 0 }} />
              <bdi>{t('edits', { name, what: edits })}</bdi>
            </Box>
          ),
      )}
    </Box>
  );
}
