import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { ChangeRole, RemoveRole } from './role-dialogs';

type Role = Schema<'RoleView'>;

/** The tenant's own roles, beside the built-in ones. */
export function OwnRoles({ roles }: { roles: readonly Role[] }) {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const [open, setOpen] = useState<{ what: 'change' | 'remove'; role: Role }>();
  const close = () => {
    setOpen(undefined);
  };
  const columns: Column<Role>[] = [
    { id: 'name', header: t('roles.name'), cell: ({ name }) => <bdi>{name}</bdi> },
    { id: 'text', header: t('roles.text'), wide: true, cell: ({ text }) => <span dir="auto">{text || '–'}</span> },
    {
      id: 'count',
      header: t('roles.permissions'),
      end: true,
      cell: ({ permissions }) => format.number(permissions.length),
    },
    {
      id: 'buttons',
      header: '',
      end: true,
      cell: (role) => (
        <>
          <Button
            size="small"
            aria-label={t('roles.change', { name: role.name })}
            onClick={() => {
              setOpen({ what: 'change', role });
            }}
          >
            {t('change')}
          </Button>
          <Button
            size="small"
            color="error"
            aria-label={t('roles.removeName', { name: role.name })}
            onClick={() => {
              setOpen({ what: 'remove', role });
            }}
          >
            {t('remove')}
          </Button>
        </>
      ),
    },
  ];
  return (
    <Panel title={t('roles.own')} flush>
      {roles.length === 0 ? (
        <Empty>{t('roles.noOwn')}</Empty>
      ) : (
        <DataTable label={t('roles.own')} columns={columns} rows={roles} rowKey={(row) => row.role_id} />
      )}
      {open?.what === 'change' && <ChangeRole role={open.role} onClose={close} />}
      {open?.what === 'remove' && <RemoveRole role={open.role} onClose={close} />}
    </Panel>
  );
}
