import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { useEditing } from '@/components/workspace/use-editing';
import { useKnown, useOffers } from '../api/known';
import { MODES, RESTS } from '../plan/choices';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import type { PlanTable } from '../plan/model';
import { idWith } from '../plan/parts';
import { namesOf } from '../plan/scalars';
import { ChoiceField } from './choice-field';
import { ColumnList } from './column-list';
import { PlanField } from './plan-field';
import { RuleList } from './rule-list';
import { SqlField } from './sql-field';
import { useAddress } from './use-address';

interface Props {
  table: PlanTable;
  index: number;
}

const pair = { display: 'grid', columnGap: 4, gridTemplateColumns: { xs: '1fr', sm: '1fr 1fr' } };

/** A table of the plan as a form. */
export function TableForm({ table, index }: Props) {
  const { t } = useTranslation('transformation');
  const { plan, reading, faults, set, remove } = usePlanEditor();
  const { go, column } = useAddress();
  const known = useKnown(plan.plan_id, table);
  const offers = useOffers(known.source);
  const path = ['mappings', index] as const;
  const wrong = (key: string) => faultAt(faults, [...path, key])?.message;
  useEditing(table.source || table.target, column);
  return (
    <Box sx={{ minWidth: 0 }}>
      {table.sql && (
        <SqlField
          label={t('table.sql')}
          hint={t('table.sqlHint')}
          path={[...path, 'source', 'sql']}
          value={table.sql}
        />
      )}
      <Box sx={pair}>
        <PlanField
          code
          label={t('table.target')}
          hint={t('table.targetHint')}
          path={[...path, 'target']}
          value={table.target}
          placeholder={table.source}
          error={wrong('target')}
          onCommit={(target) => {
            set([...path, 'target'], target.trim());
            go({ table: idWith(reading.model.tables, index, target.trim()) });
          }}
        />
        <ChoiceField
          label={t('table.mode')}
          path={[...path, 'mode']}
          value={table.mode}
          options={[
            { value: '', label: t('mode.unset'), means: t('mode.unsetMeans') },
            ...MODES.map((value) => ({ value, label: t(`mode.${value}`), means: t(`mode.${value}Means`) })),
          ]}
        />
        <PlanField
          code
          label={t('table.key')}
          hint={t('table.keyHint')}
          path={[...path, 'key']}
          value={table.key.join(', ')}
          error={wrong('key')}
          onCommit={(typed) => {
            const names = namesOf(typed);
            if (names.length === 0) remove([...path, 'key']);
            else set([...path, 'key'], names);
          }}
        />
        <ChoiceField
          label={t('table.rest')}
          path={[...path, 'rest']}
          value={table.rest}
          options={RESTS.map((value) => ({ value, label: t(`rest.${value}`), means: t(`rest.${value}Means`) }))}
        />
      </Box>
      <SqlField
        label={t('table.where')}
        hint={t('table.whereHint')}
        path={[...path, 'where']}
        value={table.where}
        offers={offers}
        error={wrong('where')}
      />
      <ColumnList table={table} index={index} known={known} />
      <RuleList table={table} index={index} known={known} />
    </Box>
  );
}
