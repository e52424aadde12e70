import Button from '@mui/material/Button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { ErrorNote } from '@/components/error-note';
import { Filter, useFilters } from '@/components/filter';
import { Moment } from '@/components/moment';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { $api, client, type Schema } from '@/lib/api/client';
import { byCursor, itemsOf } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';

type Delivery = Schema<'DeliveryView'>;
type Outcome = Schema<'DeliveryOutcome'>;
const OUTCOMES: Outcome[] = ['waiting', 'delivered', 'failed'];
const LOOKS: Record<Outcome, Look> = { waiting: 'waiting', delivered: 'good', failed: 'bad' };
export const DELIVERIES = ['get', '/api/v1/notification-channels/{channel_id}/deliveries'];
const WHILE_WAITING_MS = 3000;

function useColumns(retry: (delivery_id: string) => void): Column<Delivery>[] {
  const { t } = useTranslation('administration');
  const format = useFormat();
  return [
    { id: 'at', header: t('deliveries.at'), cell: ({ created_at }) => <Moment at={created_at} /> },
    { id: 'subject', header: t('deliveries.subject'), cell: ({ subject }) => <span dir="auto">{subject}</span> },
    {
      id: 'outcome',
      header: t('deliveries.outcome'),
      cell: ({ outcome, problem }) => (
        <>
          <Status look={LOOKS[outcome]}>{t(`deliveries.outcomes.${outcome}`)}</Status>
          {problem && <div dir="auto">{problem}</div>}
        </>
      ),
    },
    {
      id: 'attempts',
      header: t('deliveries.attempts'),
      end: true,
      wide: true,
      cell: ({ attempts }) => format.number(attempts),
    },
    { id: 'next', header: t('deliveries.next'), end: true, wide: true, cell: ({ next_at }) => <Moment at={next_at} /> },
    {
      id: 'retry',
      header: '',
      end: true,
      cell: ({ delivery_id, outcome, subject }) =>
        outcome === 'failed' && (
          <Button
            size="small"
            aria-label={t('deliveries.retryOf', { subject })}
            onClick={() => {
              retry(delivery_id);
            }}
          >
            {t('deliveries.retry')}
          </Button>
        ),
    },
  ];
}

/** What a channel sent, what waits, and what was given up and can be tried again. */
export function Deliveries({ channel_id }: { channel_id: string }) {
  const { t } = useTranslation('administration');
  const queries = useQueryClient();
  const { values, set } = useFilters(['outcome']);
  const filter = values.outcome ? { outcome: values.outcome as Outcome } : {};
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/notification-channels/{channel_id}/deliveries',
    { params: { path: { channel_id }, query: filter } },
    {
      ...byCursor,
      refetchInterval: ({ state }) =>
        itemsOf<Delivery>(state.data).some(({ outcome }) => outcome === 'waiting') && WHILE_WAITING_MS,
    },
  );
  const retry = useMutation({
    mutationFn: (delivery_id: string) =>
      client.POST('/api/v1/notification-channels/{channel_id}/deliveries/{delivery_id}/retry', {
        params: { path: { channel_id, delivery_id } },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: DELIVERIES }),
  });
  const columns = useColumns((delivery_id) => {
    retry.mutate(delivery_id);
  });
  const options = [
    { value: '', label: t('any') },
    ...OUTCOMES.map((value) => ({ value, label: t(`deliveries.outcomes.${value}`) })),
  ];
  return (
    <div>
      <Filter
        choices={[
          {
            name: 'outcome',
            label: t('deliveries.outcome'),
            value: values.outcome,
            onChange: (outcome) => {
              set({ outcome });
            },
            options,
          },
        ]}
      />
      <Panel title={t('deliveries.title')} flush>
        <ErrorNote error={retry.error} />
        <PagedTable
          label={t('deliveries.title')}
          columns={columns}
          query={query}
          rowKey={(row) => row.delivery_id}
          empty={<Empty>{values.outcome ? t('nothingFound') : t('deliveries.empty')}</Empty>}
        />
      </Panel>
    </div>
  );
}
