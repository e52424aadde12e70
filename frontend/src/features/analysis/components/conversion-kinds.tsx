import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { TargetConversion } from '../data/assessment';
import { ConversionBar } from './conversion-bar';

type Line = TargetConversion['lines'][number];

/** What becomes of each kind of object. */
export function ConversionKinds({ target: { lines, label } }: { target: TargetConversion }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const columns: Column<Line>[] = [
    { id: 'kind', header: t('inventory.kind'), cell: ({ kind }) => t(`objects.${kind}`, { defaultValue: kind }) },
    { id: 'bar', header: t('conversion.objects'), wide: true, cell: (line) => <ConversionBar {...line} /> },
    {
      id: 'automatic',
      header: t('conversion.automatic'),
      end: true,
      cell: ({ automatic }) => format.number(automatic),
    },
    { id: 'adapted', header: t('conversion.adapted'), end: true, cell: ({ adapted }) => format.number(adapted) },
    { id: 'manual', header: t('conversion.manual'), end: true, cell: ({ manual }) => format.number(manual) },
  ];
  const title = t('conversion.byKind', { target: label });
  return (
    <Panel title={title} flush>
      <DataTable label={title} columns={columns} rows={lines} rowKey={({ kind }) => kind} />
    </Panel>
  );
}
