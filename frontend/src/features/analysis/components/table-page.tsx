import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Empty } from '@/components/empty';
import { useFilters } from '@/components/filter';
import { Loaded } from '@/components/loaded';
import { Note } from '@/components/note';
import { Panel } from '@/components/panel';
import { Beside } from '@/components/side-panel';
import { $api, type Schema } from '@/lib/api/client';
import type { Analysis } from '../data/analyses';
import type { Assessment } from '../data/assessment';
import { usersOf } from '../data/objects';
import { useColumns } from '../data/use-columns';
import { useTables } from '../data/use-tables';
import { ColumnList } from './column-list';
import { ColumnPanel } from './column-panel';
import { ObjectLinks } from './object-links';
import { TableHead } from './table-head';
import { TableIndexes } from './table-indexes';
import { TableKeys } from './table-keys';
import { TableRules } from './table-rules';

type Table = Schema<'AnalysedTableDetail'>;
type Score = number | undefined;

interface Props {
  analysis: Analysis;
  assessment: Assessment;
  name: string;
}

type Users = ReturnType<typeof usersOf>;

interface OfTable {
  analysisId: string;
  quality: Score;
  /** Views, triggers ... that name the table. */
  users: Users;
}

function Details({ analysisId, table, quality, users }: OfTable & { table: Table }) {
  const { t } = useTranslation('analysis');
  const { values, set } = useFilters(['column']);
  const { query, found } = useColumns(analysisId, table.number, values.column);
  const close = () => {
    set({ column: undefined });
  };
  const side = found && <ColumnPanel key={found.profile.name} column={found} table={table} onClose={close} />;
  return (
    <Beside side={side}>
      <Box sx={{ display: 'grid', gap: 5, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <TableHead table={table} quality={quality} />
        {table.masked && <Note tone="info">{t('masked.table')}</Note>}
        <ColumnList table={table} query={query} brief={found !== undefined} />
        <TableKeys table={table} brief={found !== undefined} />
        {table.indexes.length > 0 && <TableIndexes indexes={table.indexes} brief={found !== undefined} />}
        {users.length > 0 && (
          <Panel title={t('object.usedBy')}>
            <ObjectLinks objects={users} />
          </Panel>
        )}
        {table.rules.length > 0 && <TableRules rules={table.rules} />}
        {table.notes.length > 0 && (
          <Panel title={t('table.notes')}>
            <Box component="ul" dir="auto" sx={{ m: 0, paddingInlineStart: 5 }}>
              {table.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </Box>
          </Panel>
        )}
      </Box>
    </Beside>
  );
}

function Found({ number, ...rest }: OfTable & { number: number }) {
  const path = { analysis_id: rest.analysisId, number: String(number) };
  const query = $api.useQuery(
    'get',
    '/api/v1/analyses/{analysis_id}/tables/{number}',
    { params: { path } },
    { staleTime: Infinity },
  );
  return <Loaded query={query}>{(table) => <Details {...rest} table={table} />}</Loaded>;
}

/** What was found in a table. */
export function TablePage({ analysis: { analysis_id }, assessment, name }: Props) {
  const { t } = useTranslation('analysis');
  const tables = useTables(analysis_id);
  const known = assessment.tables.some((table) => table.name === name);
  const none = (
    <Panel title={name}>
      <Empty>{known ? t('table.unread', { name }) : t('table.gone', { name })}</Empty>
    </Panel>
  );
  return (
    <Loaded query={tables}>
      {(found) => {
        const table = found.find((each) => each.name === name);
        if (!table) return none;
        const users = usersOf(assessment, { kind: 'table', name });
        return <Found analysisId={analysis_id} number={table.number} quality={table.quality} users={users} />;
      }}
    </Loaded>
  );
}
