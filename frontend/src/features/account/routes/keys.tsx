import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/components/confirm-dialog';
import type { Column } from '@/components/data-table';
import { DialogButton } from '@/components/dialog-button';
import { Empty } from '@/components/empty';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor } from '@/lib/api/pages';
import { AccountPage } from '../components/account-page';
import { NewKey } from '../components/new-key';

type Key = Schema<'ApiKeyView'>;

function Revoke({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const { t } = useTranslation('account');
  const queries = useQueryClient();
  const { mutate, isPending, error } = $api.useMutation('delete', '/api/v1/api-keys/{key_id}', {
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/api-keys'] });
    },
  });
  return (
    <ConfirmDialog
      dangerous
      title={t('keys.revokeTitle', { name: apiKey.name })}
      action={t('keys.revoke')}
      busy={isPending}
      error={error}
      onConfirm={() => {
        mutate({ params: { path: { key_id: apiKey.key_id } } });
      }}
      onClose={onClose}
    >
      {t('keys.revokeText')}
    </ConfirmDialog>
  );
}

export default function Keys() {
  const { t } = useTranslation('account');
  const query = $api.useInfiniteQuery('get', '/api/v1/api-keys', {}, byCursor);
  const columns: Column<Key>[] = [
    { id: 'name', header: t('keys.name'), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      id: 'permissions',
      header: t('keys.permissions'),
      wide: true,
      cell: ({ permissions }) => (permissions.length > 0 ? <code>{permissions.join(' ')}</code> : t('keys.all')),
    },
    {
      id: 'used',
      header: t('keys.used'),
      cell: ({ last_used_at }) => (last_used_at ? <Moment at={last_used_at} /> : t('keys.never')),
    },
    {
      id: 'expires',
      header: t('keys.expires'),
      wide: true,
      cell: ({ expires_at }) => (expires_at ? <Moment at={expires_at} /> : t('keys.never')),
    },
    {
      id: 'revoke',
      header: '',
      end: true,
      cell: (key) => (
        <DialogButton
          size="small"
          color="error"
          aria-label={t('keys.revokeTitle', { name: key.name })}
          dialog={(close) => <Revoke apiKey={key} onClose={close} />}
        >
          {t('keys.revoke')}
        </DialogButton>
      ),
    },
  ];
  const make = (
    <DialogButton variant="contained" dialog={(close) => <NewKey onClose={close} />}>
      {t('keys.make')}
    </DialogButton>
  );
  return (
    <AccountPage title={t('keys.title')} actions={make}>
      <Panel flush>
        <PagedTable
          label={t('keys.title')}
          columns={columns}
          query={query}
          rowKey={(row) => row.key_id}
          empty={<Empty>{t('keys.empty')}</Empty>}
        />
      </Panel>
    </AccountPage>
  );
}
