import Box from '@mui/material/Box';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { GraphView } from '@/components/graph-view';
import { Loaded } from '@/components/loaded';
import { Note } from '@/components/note';
import { SelectField } from '@/components/select-field';
import { $api } from '@/lib/api/client';
import { lineageGraph, tablesOf, type LineageItem } from './lineage-graph';

/** Above so many columns one table at a time is shown first. */
const MOST = 200;

function Drawing({ items }: { items: readonly LineageItem[] }) {
  const { t } = useTranslation('operations');
  const { values, set } = useFilters(['at', 'column']);
  const { nodes, edges } = useMemo(
    () =>
      lineageGraph(items, {
        source: t('lineage.source'),
        target: t('lineage.target'),
        kindOf: ({ kind }) => t(`lineage.kinds.${kind}`, { defaultValue: kind }),
      }),
    [items, t],
  );
  return (
    <GraphView
      label={t('lineage.title')}
      nodes={nodes}
      edges={edges}
      chosen={values.at === undefined ? undefined : { node: values.at, row: values.column }}
      onChoose={(spot) => {
        set({ at: spot?.node ?? '', column: spot?.row ?? '' });
      }}
    />
  );
}

/** The lineage of a plan, of one of its tables or of all. */
export function Lineage({ planId }: { planId: string }) {
  const { t } = useTranslation('operations');
  const { values, set } = useFilters(['table', 'at', 'column']);
  const query = $api.useQuery('get', '/api/v1/plans/{plan_id}/lineage', { params: { path: { plan_id: planId } } });
  const all = query.data?.items;
  const tables = useMemo(() => tablesOf(all ?? []), [all]);
  const shown = values.table ?? ((all?.length ?? 0) > MOST ? tables[0] : undefined);
  const items = useMemo(
    () => (all ?? []).filter(({ target_table }) => !shown || shown === '*' || target_table === shown),
    [all, shown],
  );
  return (
    <>
      {tables.length > 1 && (
        <SelectField
          inline
          label={t('lineage.table')}
          value={shown ?? '*'}
          options={[{ value: '*', label: t('lineage.allTables') }, ...tables.map((value) => ({ value, label: value }))]}
          onChange={(table) => {
            set({ table, at: '', column: '' });
          }}
        />
      )}
      <Box sx={{ flex: '1 1 100%', minWidth: 0, border: 1, borderColor: 'divider', borderRadius: 1 }}>
        <Loaded query={query}>
          {({ incomplete }) => (
            <>
              {incomplete && (
                <Box sx={{ px: 4 }}>
                  <Note tone="warning">
                    <strong>{t('lineage.incomplete')}</strong> <bdi>{incomplete.message}</bdi>
                  </Note>
                </Box>
              )}
              {items.length === 0 ? <Empty>{t('lineage.empty')}</Empty> : <Drawing items={items} />}
            </>
          )}
        </Loaded>
      </Box>
    </>
  );
}
