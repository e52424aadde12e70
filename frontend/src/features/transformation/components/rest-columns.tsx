import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import type { Known } from '../api/known';
import { RESTS } from '../plan/choices';
import { usePlanEditor } from '../plan/editor-context';
import type { PlanTable } from '../plan/model';
import { columnsIn } from '../plan/sample';
import { useAddress } from './use-address';

interface Props {
  table: PlanTable;
  index: number;
  known: Known;
}

const readByExpressions = ({ columns }: PlanTable, { source }: Known) => {
  const names = source.map(({ name }) => name);
  return new Set(columns.flatMap(({ expr }) => columnsIn(expr, names)));
};

/** Source columns that the plan does not name: what becomes of them, and a way to name them. */
export function RestColumns({ table, index, known }: Props) {
  const { t } = useTranslation('transformation');
  const { locked, add } = usePlanEditor();
  const { go } = useAddress();
  const named = new Set(table.columns.map(({ source }) => source.toLowerCase()));
  const rest = RESTS.find((each) => each === table.rest) ?? 'map';
  // What an expression reads is not left behind.
  const read = rest === 'drop' ? readByExpressions(table, known) : new Set();
  const others = known.source.filter(({ name }) => !named.has(name.toLowerCase()) && !read.has(name));
  if (others.length === 0) return null;
  return (
    <Box sx={{ mt: 3 }}>
      <Box sx={{ color: 'text.secondary', mb: 1 }}>{t(`columns.others.${rest}`)}</Box>
      <Box component="ul" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, listStyle: 'none', m: 0, p: 0 }}>
        {others.map(({ name, native }) => (
          <li key={name}>
            <Button
              size="small"
              color="secondary"
              variant="outlined"
              className="code"
              disabled={locked}
              title={native}
              aria-label={t('columns.name', { name })}
              onClick={() => {
                add(['mappings', index, 'columns'], { target: name, source: name });
                go({ column: name });
              }}
            >
              <bdi>{name}</bdi>
            </Button>
          </li>
        ))}
      </Box>
    </Box>
  );
}
