import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '@/components/data-table';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { Status } from '@/components/status';
import { useFormat } from '@/lib/format/use-format';
import type { TargetConversion } from '../data/assessment';
import { useTo } from '../data/use-to';
import { ConversionBar } from './conversion-bar';

/** The systems that one could move to, side by side. */
export function ConversionTargets({ conversions, shown }: { conversions: readonly TargetConversion[]; shown: string }) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const columns: Column<TargetConversion>[] = [
    {
      id: 'target',
      header: t('conversion.target'),
      cell: ({ dialect, label, chosen }) => (
        <Box sx={{ display: 'flex', gap: 3, whiteSpace: 'nowrap' }}>
          <Link
            to={to('conversion', { target: dialect })}
            aria-current={dialect === shown ? 'true' : undefined}
            sx={{ fontWeight: dialect === shown ? 600 : 400 }}
          >
            {label}
          </Link>
          {chosen && <Status look="info">{t('conversion.chosen')}</Status>}
        </Box>
      ),
    },
    { id: 'bar', header: t('conversion.objects'), wide: true, cell: (target) => <ConversionBar {...target} /> },
    {
      id: 'automatic',
      header: t('conversion.automatic'),
      end: true,
      cell: ({ automatic }) => format.number(automatic),
    },
    { id: 'adapted', header: t('conversion.adapted'), end: true, cell: ({ adapted }) => format.number(adapted) },
    { id: 'manual', header: t('conversion.manual'), end: true, cell: ({ manual }) => format.number(manual) },
  ];
  return (
    <Panel title={t('conversion.title')} flush>
      <DataTable label={t('conversion.title')} columns={columns} rows={conversions} rowKey={({ dialect }) => dialect} />
    </Panel>
  );
}
