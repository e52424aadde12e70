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
import { Person } from '@/components/person';
import { PROJECT_STATES, ProjectStateLabel } from '@/components/workspace/project-state';
import { $api, type Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { byCursor } from '@/lib/api/pages';

type Project = Schema<'ProjectView'>;

function useColumns(): Column<Project>[] {
  const { t } = useTranslation('projects');
  return [
    {
      id: 'name',
      header: t('name'),
      cell: ({ name, project_id }) => (
        <Link to={`/projects/${project_id}`} sx={{ fontWeight: 550 }}>
          {name}
        </Link>
      ),
    },
    { id: 'state', header: t('state'), cell: ({ state }) => <ProjectStateLabel state={state} /> },
    { id: 'labels', header: t('labels'), wide: true, cell: ({ labels }) => labels.join(', ') || '–' },
    { id: 'by', header: t('by'), wide: true, cell: ({ created_by_name }) => <Person name={created_by_name} /> },
    { id: 'changed', header: t('changed'), end: true, cell: ({ updated_at }) => <Moment at={updated_at} /> },
  ];
}

export default function Projects() {
  const { t } = useTranslation(['projects', 'workspace']);
  const mayCreate = useMay()('projects.create');
  const { values, set } = useFilters(['search', 'state']);
  const columns = useColumns();
  const filter = {
    ...(values.search && { search: values.search }),
    ...(values.state && { state: values.state as Project['state'] }),
  };
  const query = $api.useInfiniteQuery('get', '/api/v1/projects', { params: { query: filter } }, byCursor);
  const make = mayCreate && (
    <>
      <ButtonLink to="/projects/import" variant="outlined">
        {t('import.action')}
      </ButtonLink>
      <ButtonLink to="/projects/new" variant="contained">
        {t('new.action')}
      </ButtonLink>
    </>
  );
  const filtered = Boolean(values.search ?? values.state);
  const states = [
    { value: '', label: t('any') },
    ...PROJECT_STATES.map((value) => ({ value, label: t(`workspace:states.${value}`) })),
  ];
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
            name: 'state',
            label: t('state'),
            value: values.state,
            onChange: (state) => {
              set({ state });
            },
            options: states,
          },
        ]}
      />
      <Panel flush>
        <PagedTable
          label={t('nav')}
          columns={columns}
          query={query}
          rowKey={(row) => row.project_id}
          empty={
            <Empty action={!filtered && <Box sx={{ display: 'inline-flex', gap: 2, flexWrap: 'wrap' }}>{make}</Box>}>
              {filtered ? t('nothingFound') : t('empty')}
            </Empty>
          }
        />
      </Panel>
    </Page>
  );
}
