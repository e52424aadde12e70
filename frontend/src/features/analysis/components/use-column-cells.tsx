import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import KeyIcon from 'lucide-react/icons/key-round';
import WarnIcon from 'lucide-react/icons/triangle-alert';
import type { Column } from '@/components/data-table';
import { Link } from '@/components/link';
import type { Schema } from '@/lib/api/client';
import { useFormat } from '@/lib/format/use-format';
import { useTo } from '../data/use-to';
import { useOddities } from './column-oddities';
import { useSearchParams } from 'react-router';
import { Distinct } from './distinct';
import { Distribution } from './distribution';
import { Meaning } from './meaning';

type Found = Schema<'AnalysedColumn'>;

function Name({ column: { profile }, table }: { column: Found; table: string }) {
  const { t } = useTranslation('analysis');
  const to = useTo();
  const find = useSearchParams()[0].get('find');
  const odd = useOddities(profile).length > 0;
  const here = useSearchParams()[0].get('column') === profile.name;
  return (
    <Box sx={{ display: 'inline-flex', alignItems: 'center', gap: 1.5 }}>
      <Link
        to={to('tables', { table, column: profile.name, ...(find && { find }) })}
        aria-current={here ? 'true' : undefined}
        sx={{ fontWeight: here ? 600 : 'inherit' }}
      >
        <code>{profile.name}</code>
      </Link>
      {profile.in_primary_key && (
        <Box
          component="span"
          role="img"
          aria-label={t('column.key')}
          title={t('column.key')}
          sx={{ display: 'grid', color: 'warning.main' }}
        >
          <KeyIcon size={13} aria-hidden />
        </Box>
      )}
      {odd && (
        <Box
          component="span"
          role="img"
          aria-label={t('odd.title')}
          title={t('odd.title')}
          sx={{ display: 'grid', color: 'warning.main' }}
        >
          <WarnIcon size={13} aria-hidden />
        </Box>
      )}
    </Box>
  );
}

/** The type as declared, and the one that the values would really fit where that is another. */
function Type({ profile: { declared_type, batch_type, fitting } }: Found) {
  const { t } = useTranslation('analysis');
  return (
    <Box sx={{ whiteSpace: 'nowrap' }}>
      <code>{declared_type || batch_type}</code>
      {fitting?.differs && (
        <Box component="span" sx={{ color: 'altered.main' }} title={t('column.fitsHint')}>
          {' → '}
          <code>{fitting.type}</code>
        </Box>
      )}
    </Box>
  );
}

const clip = {
  display: 'inline-block',
  maxWidth: '12ch',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  verticalAlign: 'bottom',
  whiteSpace: 'pre',
};

function Range({ profile: { minimum, maximum } }: Found) {
  if (minimum === undefined || maximum === undefined) return <>–</>;
  return (
    <Box component="span" dir="ltr" sx={{ whiteSpace: 'nowrap' }}>
      <Box component="code" title={minimum} sx={clip}>
        {minimum || "''"}
      </Box>
      {' … '}
      <Box component="code" title={maximum} sx={clip}>
        {maximum || "''"}
      </Box>
    </Box>
  );
}

/** What the list shows of each column; less of it while one is open beside it. */
export function useColumnCells(table: string, brief: boolean): Column<Found>[] {
  const { t } = useTranslation('analysis');
  const format = useFormat();
  const nulls = ({ profile: { nulls: none, count } }: Found) => (count > 0 ? format.percent(none / count, 1) : '–');
  const always: Column<Found>[] = [
    { id: 'name', header: t('column.name'), cell: (column) => <Name column={column} table={table} /> },
    { id: 'type', header: t('column.type'), wide: !brief, cell: (column) => <Type {...column} /> },
  ];
  if (brief) return always;
  return [
    ...always,
    { id: 'nulls', header: t('column.nulls'), end: true, cell: nulls },
    {
      id: 'distinct',
      header: t('column.different'),
      end: true,
      wide: true,
      cell: ({ profile }) => <Distinct count={profile.distinct} />,
    },
    { id: 'values', header: t('column.values'), cell: ({ profile }) => <Distribution profile={profile} /> },
    {
      id: 'meaning',
      header: t('column.meaning'),
      wide: true,
      cell: ({ profile }) => <Meaning of={profile.semantic} />,
    },
    { id: 'range', header: t('column.range'), wide: true, cell: (column) => <Range {...column} /> },
  ];
}
