import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import { useTranslation } from 'react-i18next';
import RemoveIcon from 'lucide-react/icons/trash-2';
import type { Value } from '../plan/edit';
import { RULE_KINDS, SEVERITIES } from '../plan/choices';
import type { PlanPath } from '../plan/document';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import type { PlanRule } from '../plan/model';
import { namesOf, scalarOf } from '../plan/scalars';
import { ChoiceField } from './choice-field';
import { PlanField } from './plan-field';
import { SqlField } from './sql-field';

interface Props {
  rule: PlanRule;
  path: PlanPath;
  columns: readonly string[];
}

/** What a rule of another kind says: the column and how grave it is stay, the rest is another kind's. */
function ofKind(rule: PlanRule, kind: string): Value {
  const own: Record<string, Record<string, Value>> = {
    range: { min: scalarOf(rule.min || '0') },
    length: { max: scalarOf(rule.max || '255') },
    regex: { pattern: rule.pattern || '.' },
    in: { values: rule.values },
    expr: { expr: rule.expr || 'true' },
  };
  return {
    kind,
    ...(rule.name && { name: rule.name }),
    ...(rule.column && kind !== 'expr' && { column: rule.column }),
    ...own[kind],
    ...(rule.severity && { severity: rule.severity }),
  };
}

function Condition({ rule, path }: Pick<Props, 'rule' | 'path'>) {
  const { t } = useTranslation('transformation');
  const { set, remove } = usePlanEditor();
  switch (rule.kind) {
    case 'range':
    case 'length':
      return (
        <>
          <PlanField number label={t('rules.min')} path={[...path, 'min']} value={rule.min} />
          <PlanField number label={t('rules.max')} path={[...path, 'max']} value={rule.max} />
        </>
      );
    case 'regex':
      return <PlanField code label={t('rules.pattern')} path={[...path, 'pattern']} value={rule.pattern} />;
    case 'in':
      return (
        <PlanField
          label={t('rules.values')}
          hint={t('rules.valuesHint')}
          path={[...path, 'values']}
          value={rule.values.join(', ')}
          onCommit={(typed) => {
            const values = namesOf(typed).map(scalarOf);
            if (values.length === 0) remove([...path, 'values']);
            else set([...path, 'values'], values);
          }}
        />
      );
    default:
      return null;
  }
}

/** A rule of a table as a form. */
export function RuleForm({ rule, path, columns }: Props) {
  const { t } = useTranslation('transformation');
  const { faults, locked, set, remove } = usePlanEditor();
  const fault = faultAt(faults, path);
  const name = rule.name || `${rule.kind} ${rule.column}`.trim();
  return (
    <Box
      component="li"
      sx={{
        border: 1,
        borderColor: fault ? 'error.main' : 'divider',
        borderRadius: 1,
        px: 3,
        pt: 3,
        mb: 2,
        position: 'relative',
      }}
    >
      <Box
        sx={{
          display: 'grid',
          columnGap: 4,
          gridTemplateColumns: { xs: '1fr', sm: 'repeat(2, minmax(0, 1fr))' },
          paddingInlineEnd: 9,
        }}
      >
        <ChoiceField
          label={t('rules.kind')}
          path={[...path, 'kind']}
          value={rule.kind}
          options={RULE_KINDS.map((value) => ({ value, label: t(`rules.kinds.${value}`) }))}
          onChoose={(kind) => {
            set(path, ofKind(rule, kind));
          }}
        />
        <ChoiceField
          label={t('rules.severity')}
          path={[...path, 'severity']}
          value={rule.severity}
          options={SEVERITIES.map((value) => ({
            value,
            label: t(`rules.severities.${value}`),
            means: t(`rules.means.${value}`),
          }))}
        />
        {rule.kind !== 'expr' && (
          <PlanField code label={t('rules.column')} path={[...path, 'column']} value={rule.column} choices={columns} />
        )}
        <Condition rule={rule} path={path} />
        <PlanField label={t('rules.name')} hint={t('rules.nameHint')} path={[...path, 'name']} value={rule.name} />
      </Box>
      {rule.kind === 'expr' && (
        <SqlField label={t('rules.expr')} hint={t('rules.exprHint')} path={[...path, 'expr']} value={rule.expr} />
      )}
      {fault && (
        <Box role="alert" dir="auto" sx={{ color: 'error.main', mb: 3 }}>
          {fault.message}
        </Box>
      )}
      {!locked && (
        <IconButton
          size="small"
          aria-label={t('rules.remove', { name })}
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
}
