import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import PlusIcon from 'lucide-react/icons/plus';
import RemoveIcon from 'lucide-react/icons/trash-2';
import { useKnownTables } from '../api/known';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import { Part } from './part';
import { PlanField } from './plan-field';

/** Types that both systems have in the plan's tables. */
function useKnownTypes(planId: string) {
  const { data } = useKnownTables(planId);
  return useMemo(() => {
    const of = (side: 'source_columns' | 'target_columns') =>
      [...new Set((data?.items ?? []).flatMap((table) => table[side].map(({ native }) => native)))].sort();
    return { source: of('source_columns'), target: of('target_columns') };
  }, [data]);
}

/** `types:` - which type of the source becomes which of the target; the first that matches wins. */
export function Types() {
  const { t } = useTranslation('transformation');
  const { plan, reading, faults, locked, add, remove } = usePlanEditor();
  const types = useKnownTypes(plan.plan_id);
  return (
    <Part title={t('types.title')} lead={t('types.lead')}>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {reading.model.types.map((rule, at) => {
          const path = ['types', at] as const;
          return (
            <Box
              key={at}
              component="li"
              sx={{ border: 1, borderColor: 'divider', borderRadius: 1, px: 3, pt: 3, mb: 2, position: 'relative' }}
            >
              <Box
                sx={{
                  display: 'grid',
                  columnGap: 4,
                  gridTemplateColumns: 'repeat(auto-fit, minmax(150px, 1fr))',
                  paddingInlineEnd: 9,
                }}
              >
                <PlanField
                  code
                  label={t('types.sourceType')}
                  path={[...path, 'match', 'source_type']}
                  value={rule.sourceType}
                  choices={types.source}
                  error={faultAt(faults, path)?.message}
                />
                <PlanField code label={t('types.table')} path={[...path, 'match', 'table']} value={rule.table} />
                <PlanField code label={t('types.column')} path={[...path, 'match', 'column']} value={rule.column} />
                <PlanField code label={t('types.to')} path={[...path, 'to']} value={rule.to} choices={types.target} />
              </Box>
              {!locked && (
                <IconButton
                  size="small"
                  aria-label={t('types.remove', { number: at + 1 })}
                  onClick={() => {
                    remove(path);
                  }}
                  sx={{ position: 'absolute', insetBlockStart: 8, insetInlineEnd: 8 }}
                >
                  <RemoveIcon size={15} aria-hidden />
                </IconButton>
              )}
            </Box>
          );
        })}
      </Box>
      {!locked && (
        <Button
          size="small"
          startIcon={<PlusIcon size={14} aria-hidden />}
          onClick={() => {
            add(['types'], { match: { column: '*' }, to: types.target[0] ?? 'TEXT' });
          }}
        >
          {t('types.add')}
        </Button>
      )}
    </Part>
  );
}
