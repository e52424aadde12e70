import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import PlusIcon from 'lucide-react/icons/plus';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';
import { OperationsPage } from '../components/operations-page';
import { RemoveWindow } from '../components/remove-window';
import { WindowDialog } from '../components/window-dialog';

type Window = Schema<'WindowView'>;
type Open = { what: 'new' } | { what: 'edit' | 'remove'; window: Window };

function useConnectionNames() {
  const { data } = $api.useQuery('get', '/api/v1/connections', { params: { query: { limit: 200 } } });
  const names = new Map(data?.items.map(({ connection_id, name }) => [connection_id, name]));
  return { connections: data?.items ?? [], nameOf: (id: string) => names.get(id) ?? id };
}

/** When connections may, or may not, be written into. */
export default function Windows() {
  const { t } = useTranslation('operations');
  const format = useFormat();
  const mayWrite = useMay()('schedules.write');
  const [open, setOpen] = useState<Open>();
  const { connections, nameOf } = useConnectionNames();
  const query = $api.useInfiniteQuery('get', '/api/v1/maintenance-windows', {}, byCursor);
  const act = (what: 'edit' | 'remove', window: Window, label: string) => (
    <Button
      size="small"
      color={what === 'remove' ? 'error' : 'primary'}
      aria-label={`${label}: ${window.name}`}
      onClick={() => {
        setOpen({ what, window });
      }}
    >
      {label}
    </Button>
  );
  const columns: Column<Window>[] = [
    { id: 'name', header: t('windows.name'), cell: ({ name }) => <bdi>{name}</bdi> },
    {
      id: 'mode',
      header: t('windows.mode'),
      cell: ({ mode }) => (
        <Status look={mode === 'allow' ? 'good' : 'off'}>{t(`windows.modes.${mode}`, { defaultValue: mode })}</Status>
      ),
    },
    {
      id: 'connection',
      header: t('windows.connection'),
      wide: true,
      cell: ({ connection_id }) => <bdi>{connection_id ? nameOf(connection_id) : t('windows.all')}</bdi>,
    },
    {
      id: 'begins',
      header: t('windows.begins'),
      wide: true,
      cell: ({ cron, time_zone }) => (
        <code dir="ltr">
          {cron} {time_zone}
        </code>
      ),
    },
    {
      id: 'lasts',
      header: t('windows.lasts'),
      end: true,
      wide: true,
      cell: ({ minutes }) => format.duration(minutes * 60),
    },
    ...(mayWrite
      ? [
          {
            id: 'act',
            header: '',
            end: true,
            cell: (window: Window) => (
              <>
                {act('edit', window, t('edit'))}
                {act('remove', window, t('windows.remove'))}
              </>
            ),
          },
        ]
      : []),
  ];
  const add = mayWrite && (
    <Button
      variant="contained"
      startIcon={<PlusIcon size={15} />}
      onClick={() => {
        setOpen({ what: 'new' });
      }}
    >
      {t('windows.new')}
    </Button>
  );
  const close = () => {
    setOpen(undefined);
  };
  return (
    <OperationsPage title={t('windows.title')} actions={add}>
      <Panel flush>
        <PagedTable
          label={t('windows.title')}
          columns={columns}
          query={query}
          rowKey={(row) => row.window_id}
          empty={<Empty>{t('windows.empty')}</Empty>}
        />
      </Panel>
      {open?.what === 'new' && <WindowDialog connections={connections} onClose={close} />}
      {open?.what === 'edit' && <WindowDialog window={open.window} connections={connections} onClose={close} />}
      {open?.what === 'remove' && <RemoveWindow window={open.window} onClose={close} />}
    </OperationsPage>
  );
}
