import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { DataTable, type Column } from '@/components/data-table';
import { Empty } from '@/components/empty';
import { Link } from '@/components/link';
import { Panel } from '@/components/panel';
import { useFormat } from '@/lib/format/use-format';
import type { Risk } from '../data/assessment';
import { useTo } from '../data/use-to';
import { SeverityLabel } from './severity-label';

interface Props {
  risks: readonly Risk[];
  /** There is none at all, rather than none that fits the filter. */
  none: boolean;
  brief: boolean;
}

/** Risks in the server's order: by severity, then by the share of values, then by places. */
export function RiskTable({ risks, none, brief }: Props) {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const to = useTo();
  const [search] = useSearchParams();
  const keep = Object.fromEntries([...search].filter(([name]) => name === 'severity' || name === 'find'));
  const columns: Column<Risk>[] = [
    { id: 'severity', header: t('risks.severity'), cell: ({ severity }) => <SeverityLabel severity={severity} /> },
    {
      id: 'title',
      header: t('risks.what'),
      cell: ({ kind, title, consequence }) => (
        <Box sx={{ py: 1.5 }}>
          <Link to={to('risks', { ...keep, risk: kind })} sx={{ fontWeight: 550 }}>
            <bdi>{title}</bdi>
          </Link>
          {!brief && (
            <Box dir="auto" sx={{ color: 'text.secondary' }}>
              {consequence}
            </Box>
          )}
        </Box>
      ),
    },
    { id: 'places', header: t('risks.places'), end: true, wide: true, cell: ({ places }) => format.number(places) },
    ...(brief
      ? []
      : [
          {
            id: 'affected',
            header: t('risks.affected'),
            end: true,
            wide: true,
            cell: ({ affected }: Risk) => (affected > 0 ? format.number(affected) : '–'),
          },
          {
            id: 'share',
            header: t('risks.share'),
            end: true,
            wide: true,
            cell: ({ share }: Risk) => (share > 0 ? format.percent(share, 2) : '–'),
          },
        ]),
  ];
  return (
    <Panel title={t('page.risks')} flush>
      {risks.length === 0 ? (
        <Empty>{none ? t('risks.none') : t('tree.nothing')}</Empty>
      ) : (
        <DataTable label={t('page.risks')} columns={columns} rows={risks} rowKey={({ kind }) => kind} />
      )}
    </Panel>
  );
}
