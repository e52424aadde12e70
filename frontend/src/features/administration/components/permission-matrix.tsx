import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import CheckIcon from 'lucide-react/icons/check';
import { DataTable, type Column } from '@/components/data-table';
import type { Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';

type Permission = Schema<'PermissionView'>;
type Role = Schema<'RoleView'>;

/** What own roles are to permit, by id, and on which version that is based; nothing for those that stay as they are. */
export type Draft = Readonly<Record<string, { version: number; permissions: readonly string[] }>>;

interface Props {
  permissions: readonly Permission[];
  roles: readonly Role[];
  draft: Draft;
  /** Nothing for who may only look. */
  onChange?: ((draft: Draft) => void) | undefined;
}

function Held({ held }: { held: boolean }) {
  const { t } = useTranslation('administration');
  if (held) return <CheckIcon size={16} role="img" aria-label={t('roles.yes')} />;
  return (
    <span aria-label={t('roles.no')} role="img">
      –
    </span>
  );
}

/** Which role may do what; own roles are changed in place. Nobody gives what they may not do themselves. */
export function PermissionMatrix({ permissions, roles, draft, onChange }: Props) {
  const { t } = useTranslation('administration');
  const may = useMay();
  const heldBy = (role: Role) => draft[role.role_id]?.permissions ?? role.permissions;
  const toggle = (role: Role, name: string) => {
    const held = heldBy(role);
    const after = held.includes(name) ? held.filter((each) => each !== name) : [...held, name];
    const version = draft[role.role_id]?.version ?? role.version;
    onChange?.({ ...draft, [role.role_id]: { version, permissions: after } });
  };
  const editable = (role: Role) => onChange !== undefined && !role.built_in && role.permissions.every(may);
  const columnOf = (role: Role): Column<Permission> => ({
    id: role.role_id,
    header: role.name,
    cell: ({ name, text }) =>
      editable(role) ? (
        <Box
          component="input"
          type="checkbox"
          aria-label={t('roles.cell', { role: role.name, permission: text })}
          checked={heldBy(role).includes(name)}
          disabled={!may(name)}
          title={may(name) ? undefined : t('roles.notYours')}
          onChange={() => {
            toggle(role, name);
          }}
          sx={{ width: 16, height: 16, m: 0, accentColor: 'var(--miq-palette-primary-main)' }}
        />
      ) : (
        <Held held={heldBy(role).includes(name)} />
      ),
  });
  const first: Column<Permission> = {
    id: 'name',
    header: t('roles.permission'),
    cell: ({ name, text }) => (
      <span dir="auto" title={name}>
        {text}
      </span>
    ),
  };
  return (
    <DataTable
      label={t('roles.title')}
      columns={[first, ...roles.map(columnOf)]}
      rows={permissions}
      rowKey={(row) => row.name}
    />
  );
}
