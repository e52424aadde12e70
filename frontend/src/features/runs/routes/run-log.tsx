import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { ErrorPanel } from '@/components/error-panel';
import { Filter, useFilters } from '@/components/filter';
import { Lines } from '@/components/loaded';
import { Panel } from '@/components/panel';
import { Status, type Look } from '@/components/status';
import { $api, type Schema } from '@/lib/api/client';
import { byCursor, itemsOf } from '@/lib/api/pages';
import { useFormat } from '@/lib/format/use-format';
import { useRun } from '../live/run-context';

const LEVELS = ['info', 'warning', 'error'] as const;
const LOOKS: Record<string, Look> = { info: 'info', warning: 'warning', error: 'bad' };

function Line({ event }: { event: Schema<'RunEventView'> }) {
  const { t } = useTranslation('runs');
  const format = useFormat();
  return (
    <Box
      component="li"
      sx={{
        display: 'grid',
        gridTemplateColumns: { xs: '1fr', sm: '100px 110px 1fr' },
        gap: { xs: 0, sm: 3 },
        py: 1.5,
        borderBlockStart: '1px solid',
        borderColor: 'divider',
      }}
    >
      <Box component="time" dateTime={event.at} title={format.dateTime(event.at)} sx={{ color: 'text.secondary' }}>
        {format.time(event.at)}
      </Box>
      <Status look={LOOKS[event.level] ?? 'plain'}>{t(`levels.${event.level}`, { defaultValue: event.level })}</Status>
      <Box dir="auto" sx={{ overflowWrap: 'anywhere' }}>
        {event.text}
      </Box>
    </Box>
  );
}

/** What happened, line by line, as it happens. */
export default function RunLog() {
  const { t } = useTranslation('runs');
  const { run } = useRun();
  const { values, set } = useFilters(['level', 'search']);
  const filter = {
    ...(values.level && { level: values.level }),
    ...(values.search && { search: values.search }),
    limit: 200,
  };
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/runs/{run_id}/events',
    { params: { path: { run_id: run.run_id }, query: filter } },
    byCursor,
  );
  const events = itemsOf(query.data);
  return (
    <>
      <Filter
        search={{
          label: t('searchLog'),
          value: values.search,
          onChange: (search) => {
            set({ search });
          },
        }}
        choices={[
          {
            name: 'level',
            label: t('level'),
            value: values.level,
            onChange: (level) => {
              set({ level });
            },
            options: [
              { value: '', label: t('any') },
              ...LEVELS.map((value) => ({ value, label: t(`levels.${value}`) })),
            ],
          },
        ]}
      />
      <Panel>
        {query.isPending && <Lines />}
        {query.error && !query.data && <ErrorPanel error={query.error} retry={query.refetch} />}
        {query.data && events.length === 0 && <Empty>{t('noEvents')}</Empty>}
        <Box role="log" aria-label={t('tab.log')}>
          <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
            {events.map((event) => (
              <Line key={event.sequence} event={event} />
            ))}
          </Box>
        </Box>
        {query.hasNextPage && (
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('moreEvents')}
          </Button>
        )}
      </Panel>
    </>
  );
}
