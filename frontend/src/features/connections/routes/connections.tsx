import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '@/components/button-link';
import type { Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Filter, useFilters } from '@/components/filter';
import { Link } from '@/components/link';
import { Moment } from '@/components/moment';
import { Page } from '@/components/page';
import { PagedTable } from '@/components/paged-table';
import { Panel } from '@/components/panel';
import { ProductionMark } from '@/components/production-mark';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';
import { useKindName } from '../components/use-kind-name';
import { TestState } from '../components/connection-test';

type Connection = Schema<'ConnectionView'>;

function useColumns(): Column<Connection>[] {
  const { t } = useTranslation('connections');
  const kindName = useKindName();
  return [
    {
      id: 'name',
      header: t('name'),
      cell: ({ name, connection_id, production }) => (
        <Box sx={{ display: 'flex', gap: 2, alignItems: 'center' }}>
          <Link to={`/connections/${connection_id}`} sx={{ fontWeight: 550 }}>
            {name}
          </Link>
          {production && <ProductionMark />}
        </Box>
      ),
    },
    { id: 'kind', header: t('kind'), wide: true, cell: ({ kind }) => kindName(kind) },
    {
      id: 'url',
      header: t('url'),
      wide: true,
      cell: ({ url }) => (
        <Box
          component="code"
          dir="ltr"
          sx={{
            display: 'block',
            maxWidth: '44ch',
            overflow: 'hidden',
            textOverflow: 'ellipsis',
            whiteSpace: 'nowrap',
          }}
          title={url}
        >
          {url}
        </Box>
      ),
    },
    { id: 'test', header: t('test.title'), cell: (connection) => <TestState connection={connection} /> },
    { id: 'tested', header: t('tested'), wide: true, cell: ({ tested_at }) => <Moment at={tested_at} /> },
  ];
}

export default function Connections() {
  const { t } = useTranslation('connections');
  const may = useMay();
  const columns = useColumns();
  const { values, set } = useFilters(['search', 'production']);
  const production = values.production ? { production: values.production === 'yes' } : {};
  const query = $api.useInfiniteQuery(
    'get',
    '/api/v1/connections',
    { params: { query: { ...(values.search && { search: values.search }), ...production } } },
    byCursor,
  );
  const make = may('connections.write') && (
    <ButtonLink to="/connections/new" variant="contained">
      {t('new.action')}
    </ButtonLink>
  );
  const filtered = Boolean(values.search ?? values.production);
  return (
    <Page title={t('nav')} actions={make}>
      <Filter
        search={{
          label: t('search'),
          value: values.search,
          onChange: (search) => {
            set({ search });
          },
        }}
        choices={[
          {
            name: 'production',
            label: t('which'),
            value: values.production,
            onChange: (value) => {
              set({ production: value });
            },
            options: [
              { value: '', label: t('all') },
              { value: 'yes', label: t('production') },
              { value: 'no', label: t('notProduction') },
            ],
          },
        ]}
      />
      <Panel flush>
        <PagedTable
          label={t('nav')}
          columns={columns}
          query={query}
          rowKey={(row) => row.connection_id}
          empty={<Empty action={!filtered && make}>{filtered ? t('nothingFound') : t('empty')}</Empty>}
        />
      </Panel>
    </Page>
  );
}
