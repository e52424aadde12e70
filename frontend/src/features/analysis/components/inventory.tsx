import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Assessment } from '../data/assessment';

type Line = Assessment['inventory'][number];

/** How many of each kind of object there are. */
export function Inventory({ assessment: { inventory } }: { assessment: Assessment }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const columns: Column<Line>[] = [
    {
      id: 'kind',
      header: t('inventory.kind'),
      cell: ({ kind, detail }) => (
        <>
          {t(`objects.${kind}`, { defaultValue: kind })}
          {detail && (
            <Box component="span" sx={{ color: 'text.secondary', marginInlineStart: 2 }}>
              <bdi>{detail}</bdi>
            </Box>
          )}
        </>
      ),
    },
    { id: 'count', header: t('inventory.count'), end: true, cell: ({ count }) => format.number(count) },
  ];
  return (
    <Panel title={t('inventory.title')} flush>
      <DataTable label={t('inventory.title')} columns={columns} rows={inventory} rowKey={({ kind }) => kind} />
    </Panel>
  );
}
