import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ShareList } from '@/components/mini-chart';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Complexity as Found } from '../data/assessment';
import { useTo } from '../data/use-to';
import { Assumptions } from './assumptions';

type Thing = Found['objects'][number];
const MOST = 10;

/** How complex the system is: by level, and the most complex objects. */
export function Complexity({ complexity }: { complexity: Found }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const all = complexity.objects.length;
  const level = (word: string) => t(`complexity.level.${word}`, { defaultValue: word });
  const columns: Column<Thing>[] = [
    {
      id: 'name',
      header: t('complexity.object'),
      cell: ({ kind, name }) => (
        <Link to={to('tables', kind === 'table' ? { table: name } : { object: `${kind} ${name}` })}>
          <code>{name}</code>
        </Link>
      ),
    },
    {
      id: 'kind',
      header: t('inventory.kind'),
      wide: true,
      cell: ({ kind }) => t(`object.is.${kind}`, { defaultValue: kind }),
    },
    {
      id: 'sum',
      header: t('complexity.sum'),
      wide: true,
      cell: ({ parts }) => (
        <span dir="auto">{parts.map(({ about, points }) => `${about} ${format.number(points)}`).join(' + ')}</span>
      ),
    },
    { id: 'level', header: t('complexity.levelTitle'), cell: (each) => level(each.level) },
    { id: 'points', header: t('complexity.pointsTitle'), end: true, cell: ({ points }) => format.number(points) },
  ];
  return (
    <Panel title={t('figure.complexity')} flush>
      <Box sx={{ px: 4, pb: 4, maxWidth: 480 }}>
        <Box sx={{ mb: 3 }}>
          {t('complexity.points', { points: format.number(complexity.points), level: level(complexity.level) })}
        </Box>
        <ShareList
          words
          label={t('complexity.levelTitle')}
          items={complexity.distribution.map((each) => ({
            name: level(each.level),
            share: all > 0 ? each.count / all : 0,
            text: format.number(each.count),
          }))}
        />
        <Assumptions items={complexity.formulas} />
      </Box>
      <DataTable
        label={t('figure.complexity')}
        columns={columns}
        rows={complexity.objects.slice(0, MOST)}
        rowKey={({ kind, name }) => `${kind} ${name}`}
      />
    </Panel>
  );
}
