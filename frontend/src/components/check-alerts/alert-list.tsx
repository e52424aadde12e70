import Box from '@mui/material/Box';
import useMediaQuery from '@mui/material/useMediaQuery';
import type { Theme } from '@mui/material/styles';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { SelectField } from '@/components/select-field';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { useFormat } from '@/lib/format/use-format';
import { byCursor } from '@/lib/api/pages';
import { AlertActions } from './alert-actions';
import { AlertState, Severity } from './alert-state';
import { placeOf, useSubject } from './alert-subject';

type Alert = Schema<'CheckAlertView'>;
const STATES = ['unresolved', 'open', 'acknowledged', 'resolved'] as const;
type State = (typeof STATES)[number];

function What({ alert, children }: { alert: Alert; children: ReactNode }) {
  const { t } = useTranslation('check-alerts');
  const subject = useSubject();
  const format = useFormat();
  return (
    <Box sx={{ py: 2, minWidth: 200 }}>
      <Link to={placeOf(alert)} {...(alert.check && { className: 'code' })}>
        <bdi>{subject(alert)}</bdi>
      </Link>
      <Box dir="auto" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {alert.reason}
      </Box>
      {alert.note && (
        <Box sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
          {alert.changed_by_name
            ? t('says', { name: alert.changed_by_name, note: alert.note })
            : t('note', { note: alert.note })}
        </Box>
      )}
      {alert.muted_until && (
        <Box sx={{ color: 'text.secondary' }}>{t('mutedUntil', { until: format.dateTime(alert.muted_until) })}</Box>
      )}
      {children}
    </Box>
  );
}

interface Props {
  /** Only of this project, or suite. */
  projectId?: string | undefined;
  suiteId?: string | undefined;
  /** With a heading of its own. */
  title?: string;
}

/** Checks and runs that want attention, and what one can say about them. */
export function AlertList({ projectId, suiteId, title }: Props) {
  const { t } = useTranslation('check-alerts');
  const may = useMay();
  const mayAct = { suite: may('suites.run'), run: may('runs.start') };
  const actions = (alert: Alert) => mayAct[alert.source] && <AlertActions alert={alert} />;
  // On a phone what can be said stands below what it is about.
  const narrow = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  const { values, set } = useFilters(['alerts']);
  const state = STATES.find((each) => each === values.alerts) ?? 'unresolved';
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/check-alerts',
    {
      params: {
        query: {
          state: state satisfies State,
          ...(projectId && { project_id: projectId }),
          ...(suiteId && { suite_id: suiteId }),
        },
      },
    },
    byCursor,
  );
  const columns: Column<Alert>[] = [
    {
      id: 'check',
      header: t('check'),
      cell: (alert) => <What alert={alert}>{narrow && actions(alert)}</What>,
    },
    { id: 'severity', header: t('severity'), wide: true, cell: ({ severity }) => <Severity severity={severity} /> },
    { id: 'state', header: t('state'), cell: ({ state: now }) => <AlertState state={now} /> },
    { id: 'times', header: t('times'), wide: true, end: true, cell: ({ times }) => times },
    { id: 'last', header: t('last'), wide: true, end: true, cell: ({ last_at }) => <Moment at={last_at} /> },
    ...(narrow ? [] : [{ id: 'act', header: '', end: true, cell: actions }]),
  ];
  return (
    <Panel
      {...(title && { title })}
      flush
      actions={
        <SelectField
          inline
          label={t('show')}
          value={state}
          options={STATES.map((value) => ({ value, label: t(`filter.${value}`) }))}
          onChange={(next) => {
            set({ alerts: next === 'unresolved' ? '' : next });
          }}
        />
      }
    >
      <PagedTable
        label={t('title')}
        columns={columns}
        query={query}
        rowKey={(row) => row.alert_id}
        empty={<Empty>{state === 'unresolved' ? t('none') : t('noneSuch')}</Empty>}
      />
    </Panel>
  );
}
