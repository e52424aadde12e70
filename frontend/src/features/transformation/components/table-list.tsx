import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSearchParams } from 'react-router';
import WarnIcon from 'lucide-react/icons/triangle-alert';
import { visuallyHidden } from '@/components/visually-hidden';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import { isShared } from '../plan/parts';
import { AddTable } from './add-table';
import { useAddress } from './use-address';

interface Entry {
  key: string;
  search: Record<string, string>;
  label: string;
  /** The table that it is one of several parts of. */
  from?: string;
  code: boolean;
  chosen: boolean;
  faulty: boolean;
}

const item = {
  position: 'relative',
  display: 'flex',
  gap: 1,
  alignItems: 'center',
  px: 2,
  minHeight: 32,
  py: 0.5,
  borderRadius: 1,
  color: 'inherit',
  textDecoration: 'none',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  '&:hover': { bgcolor: 'action.hover' },
  '&[aria-current]': { bgcolor: 'action.selected', fontWeight: 600 },
};

const source = {
  fontFamily: 'fontFamily',
  display: 'block',
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  color: 'text.secondary',
  fontSize: '0.8571rem',
  fontWeight: 400,
};

function Item({ entry }: { entry: Entry }) {
  const { t } = useTranslation('transformation');
  const [search] = useSearchParams();
  const next = new URLSearchParams(search);
  for (const name of ['table', 'part', 'column']) next.delete(name);
  for (const [name, value] of Object.entries(entry.search)) next.set(name, value);
  return (
    <Box component="li" sx={{ minWidth: 0 }}>
      <Box
        component={Link}
        to={{ search: next.toString() }}
        aria-current={entry.chosen ? 'true' : undefined}
        title={entry.from ? `${entry.from} → ${entry.label}` : entry.label}
        sx={item}
      >
        <Box
          component="span"
          className={entry.code ? 'code' : ''}
          sx={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}
        >
          <bdi>{entry.label}</bdi>
          {entry.from && (
            <Box component="span" sx={source}>
              {t('tables.from', { source: entry.from })}
            </Box>
          )}
        </Box>
        {entry.faulty && (
          <Box component="span" sx={{ color: 'error.main', display: 'inline-flex', flex: 'none' }}>
            <WarnIcon size={14} aria-hidden />
            <Box component="span" sx={visuallyHidden}>
              {t('tables.faulty')}
            </Box>
          </Box>
        )}
      </Box>
    </Box>
  );
}

function Group({ title, entries }: { title: string; entries: readonly Entry[] }) {
  return (
    <Box component="section" aria-label={title} sx={{ mb: 4 }}>
      <Box sx={{ color: 'text.secondary', fontSize: '0.9286rem', px: 2, mb: 1 }}>{title}</Box>
      <Box
        component="ul"
        sx={{ listStyle: 'none', m: 0, p: 0, maxHeight: { xs: 200, md: '50dvh' }, overflowY: 'auto' }}
      >
        {entries.map((entry) => (
          <Item key={entry.key} entry={entry} />
        ))}
      </Box>
    </Box>
  );
}

const nav = {
  minWidth: 0,
  display: { xs: 'grid', md: 'block' },
  columnGap: 4,
  gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
};

/** What the plan is made of: its tables, and what holds for all of them. */
export function TableList() {
  const { t } = useTranslation('transformation');
  const { reading, faults } = usePlanEditor();
  const { table, part } = useAddress();
  const { tables } = reading.model;
  const at = Math.max(
    0,
    tables.findIndex(({ id }) => id === table),
  );
  const forTables = tables.map((each, index) => ({
    key: `${String(index)} ${each.id}`,
    search: { table: each.id },
    label: each.target || each.source || t('tables.query'),
    ...(isShared(tables, each) && { from: each.source }),
    code: true,
    chosen: !part && index === at,
    faulty: faultAt(faults, ['mappings', index]) !== undefined,
  }));
  const general = [
    { name: 'scope', label: t('scope.title'), paths: [['tables'], ['naming'], ['source'], ['target'], ['name']] },
    { name: 'types', label: t('types.title'), paths: [['types']] },
    { name: 'on', label: t('on.title'), paths: [['on']] },
    { name: 'run', label: t('run.title'), paths: [['run']] },
  ].map(({ name, label, paths }) => ({
    key: name,
    search: { part: name },
    label,
    code: false,
    chosen: part === name,
    faulty: paths.some((path) => faultAt(faults, path) !== undefined),
  }));
  return (
    <Box component="nav" aria-label={t('tables.label')} sx={nav}>
      <Box sx={{ minWidth: 0 }}>
        <Group title={t('tables.title', { number: tables.length })} entries={forTables} />
        <AddTable />
      </Box>
      <Group title={t('tables.all')} entries={general} />
    </Box>
  );
}
