import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor } from '@/lib/api/pages';
import { OperationsPage } from '../components/operations-page';
import { ScheduleState } from '../components/schedule-state';
import { ScheduleWhen } from '../components/schedule-when';

type Schedule = Schema<'ScheduleView'>;

export default function Schedules() {
  const { t } = useTranslation('operations');
  const query = $api.useInfiniteQuery('get', '/api/v1/schedules', {}, byCursor);
  const columns: Column<Schedule>[] = [
    {
      id: 'name',
      header: t('schedules.name'),
      cell: ({ name, schedule_id }) => <Link to={`/schedules/${schedule_id}`}>{name}</Link>,
    },
    { id: 'state', header: t('schedules.state'), cell: (schedule) => <ScheduleState schedule={schedule} /> },
    { id: 'when', header: t('schedules.when'), wide: true, cell: (schedule) => <ScheduleWhen schedule={schedule} /> },
    { id: 'last', header: t('schedules.last'), wide: true, end: true, cell: ({ last_at }) => <Moment at={last_at} /> },
    { id: 'next', header: t('schedules.next'), end: true, cell: ({ next_at }) => <Moment at={next_at} /> },
  ];
  return (
    <OperationsPage title={t('schedules.title')}>
      <Panel flush>
        <PagedTable
          label={t('schedules.title')}
          columns={columns}
          query={query}
          rowKey={(row) => row.schedule_id}
          empty={<Empty>{t('schedules.empty')}</Empty>}
        />
      </Panel>
    </OperationsPage>
  );
}
