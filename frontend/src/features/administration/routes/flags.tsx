import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { AdministrationPage } from '../components/administration-page';
import { ChangeFlag, NewFlag, RemoveFlag } from '../components/flag-dialogs';

type Flag = Schema<'FeatureFlagView'>;
type Open = { what: 'new' } | { what: 'change' | 'remove'; flag: Flag };

function useColumns(onOpen: (open: Open) => void): Column<Flag>[] {
  const { t } = useTranslation('administration');
  const format = useFormat();
  const own = $api.useQuery('get', '/api/v1/feature-flags/evaluate');
  const onOff = (on: boolean | undefined) => (
    <Status look={on ? 'good' : 'off'}>{on ? t('flags.on') : t('flags.off')}</Status>
  );
  return [
    { id: 'name', header: t('flags.name'), cell: ({ name }) => <code dir="ltr">{name}</code> },
    { id: 'text', header: t('flags.text'), wide: true, cell: ({ text }) => <span dir="auto">{text || '–'}</span> },
    { id: 'state', header: t('flags.tenant'), cell: ({ enabled }) => onOff(enabled) },
    {
      id: 'percentage',
      header: t('flags.percentage'),
      end: true,
      wide: true,
      cell: ({ percentage }) => format.percent(percentage / 100),
    },
    {
      id: 'people',
      header: t('flags.people'),
      end: true,
      wide: true,
      cell: ({ user_ids }) => format.number(user_ids.length),
    },
    {
      id: 'own',
      header: t('flags.forYou'),
      wide: true,
      cell: ({ name }) => (own.data ? onOff(own.data.flags[name]) : '–'),
    },
    {
      id: 'buttons',
      header: '',
      end: true,
      cell: (flag) => (
        <>
          <Button
            size="small"
            aria-label={t('flags.changeName', { name: flag.name })}
            onClick={() => {
              onOpen({ what: 'change', flag });
            }}
          >
            {t('change')}
          </Button>
          <Button
            size="small"
            color="error"
            aria-label={t('flags.removeName', { name: flag.name })}
            onClick={() => {
              onOpen({ what: 'remove', flag });
            }}
          >
            {t('remove')}
          </Button>
        </>
      ),
    },
  ];
}

/** What is switched on for whom: the tenant, a share of its people, some by name. */
export default function Flags() {
  const { t } = useTranslation('administration');
  const [open, setOpen] = useState<Open>();
  const query = $api.useQuery('get', '/api/v1/feature-flags');
  const columns = useColumns(setOpen);
  const close = () => {
    setOpen(undefined);
  };
  const make = (
    <Button
      variant="contained"
      onClick={() => {
        setOpen({ what: 'new' });
      }}
    >
      {t('flags.new')}
    </Button>
  );
  return (
    <AdministrationPage title={t('flags.title')} actions={make}>
      <Panel flush>
        <Loaded query={query}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty>{t('flags.empty')}</Empty>
            ) : (
              <DataTable label={t('flags.title')} columns={columns} rows={items} rowKey={(row) => row.name} />
            )
          }
        </Loaded>
      </Panel>
      {open?.what === 'new' && <NewFlag onClose={close} />}
      {open?.what === 'change' && <ChangeFlag flag={open.flag} onClose={close} />}
      {open?.what === 'remove' && <RemoveFlag flag={open.flag} onClose={close} />}
    </AdministrationPage>
  );
}
