import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNote } from '@/components/error-note';
import { client, ifMatch, type Schema } from '@/lib/api/client';
import type { Draft } from './permission-matrix';

type Role = Schema<'RoleView'>;
const ROLES = ['get', '/api/v1/roles'];

interface Props {
  roles: readonly Role[];
  draft: Draft;
  onChange: (draft: Draft) => void;
}

const differs = (role: Role, wanted: readonly string[]) =>
  wanted.length !== role.permissions.length || wanted.some((name) => !role.permissions.includes(name));

/** What was changed in the matrix and is not saved yet. Each role is saved on the version that was shown. */
export function SaveMatrix({ roles, draft, onChange }: Props) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const changed = roles.filter((role) => {
    const wanted = draft[role.role_id];
    return wanted && differs(role, wanted.permissions);
  });
  const save = useMutation({
    mutationFn: async () => {
      let left = draft;
      for (const { role_id } of changed) {
        const { version = 0, permissions = [] } = draft[role_id] ?? {};
        const params = { path: { role_id }, header: ifMatch(version) };
        const { data } = await client.PATCH('/api/v1/roles/{role_id}', {
          params,
          body: { permissions: [...permissions] },
        });
        // What is saved is saved, also when the next one is refused.
        queries.setQueriesData<{ items: Role[] }>({ queryKey: ROLES }, (known) =>
          known && data
            ? { ...known, items: known.items.map((role) => (role.role_id === role_id ? data : role)) }
            : known,
        );
        left = Object.fromEntries(Object.entries(left).filter(([id]) => id !== role_id));
        onChange(left);
      }
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ROLES }),
  });
  const discard = async () => {
    save.reset();
    onChange({});
    await queries.invalidateQueries({ queryKey: ROLES });
  };
  if (changed.length === 0) return null;
  return (
    <Box
      role="region"
      aria-label={t('roles.unsaved')}
      sx={{
        position: 'sticky',
        insetBlockEnd: { xs: 64, sm: 0 },
        p: 3,
        border: '1px solid',
        borderColor: 'primary.main',
        borderRadius: 1,
        bgcolor: 'background.paper',
        zIndex: 5,
      }}
    >
      <ErrorNote error={save.error} reload={() => void discard()} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Box sx={{ flex: '1 1 200px' }}>
          {t('roles.changed', { roles: changed.map(({ name }) => name).join(', ') })}
        </Box>
        <Button onClick={() => void discard()}>{t('roles.discard')}</Button>
        <Button
          variant="contained"
          loading={save.isPending}
          onClick={() => {
            save.mutate();
          }}
        >
          {t('save')}
        </Button>
      </Box>
    </Box>
  );
}
