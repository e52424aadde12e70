import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import PlusIcon from 'lucide-react/icons/plus';
import type { Known } from '../api/known';
import { usePlanEditor } from '../plan/editor-context';
import type { PlanTable } from '../plan/model';
import { ColumnRow } from './column-row';
import { RestColumns } from './rest-columns';
import { useAddress } from './use-address';

interface Props {
  table: PlanTable;
  index: number;
  known: Known;
}

const PAGE = 100;

function nextName(taken: ReadonlySet<string>) {
  let number = 1;
  while (taken.has(`column_${String(number)}`)) number += 1;
  return `column_${String(number)}`;
}

/** The columns that the plan names; one at a time is open. */
export function ColumnList({ table, index, known }: Props) {
  const { t } = useTranslation('transformation');
  const { locked, add } = usePlanEditor();
  const { column: open, go } = useAddress();
  const [most, setMost] = useState(PAGE);
  const columns = table.columns.slice(0, most);
  return (
    <Box component="section" aria-label={t('columns.title')} sx={{ mb: 5 }}>
      <Typography variant="h3" sx={{ mb: 2 }}>
        {t('columns.title')}
      </Typography>
      {table.columns.length === 0 && <Box sx={{ color: 'text.secondary', mb: 2 }}>{t('columns.empty')}</Box>}
      <Box
        component="ul"
        sx={{
          listStyle: 'none',
          m: 0,
          p: 0,
          borderBlockEnd: columns.length > 0 ? '1px solid' : 0,
          borderColor: 'divider',
        }}
      >
        {columns.map((column, at) => (
          <ColumnRow
            key={at}
            table={table}
            column={column}
            path={['mappings', index, 'columns', at]}
            known={known}
            open={open === column.target && table.columns.findIndex(({ target }) => target === open) === at}
          />
        ))}
      </Box>
      {table.columns.length > most && (
        <Button
          onClick={() => {
            setMost(most + PAGE);
          }}
        >
          {t('columns.more', { number: table.columns.length - most })}
        </Button>
      )}
      {!locked && (
        <Button
          size="small"
          startIcon={<PlusIcon size={14} aria-hidden />}
          onClick={() => {
            const target = nextName(new Set(table.columns.map((each) => each.target)));
            add(['mappings', index, 'columns'], { target, expr: 'NULL' });
            setMost((before) => Math.max(before, table.columns.length + 1));
            go({ column: target });
          }}
          sx={{ mt: 2 }}
        >
          {t('columns.add')}
        </Button>
      )}
      <RestColumns table={table} index={index} known={known} />
    </Box>
  );
}
