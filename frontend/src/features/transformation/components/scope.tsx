import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Facts } from '@/components/facts';
import { Link } from '@/components/link';
import { NAMINGS } from '../plan/choices';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import { namesOf } from '../plan/scalars';
import { ChoiceField } from './choice-field';
import { grid, Part } from './part';
import { PlanField } from './plan-field';

/** Which tables, from where to where, under which names. */
export function Scope() {
  const { t } = useTranslation('transformation');
  const { plan, reading, faults, set, remove } = usePlanEditor();
  const { model } = reading;
  const patterns = (key: 'include' | 'exclude') => (
    <PlanField
      code
      label={t(`scope.${key}.label`)}
      hint={t(`scope.${key}.hint`)}
      placeholder={key === 'include' ? '*' : ''}
      path={['tables', key]}
      value={model[key].join(', ')}
      error={faultAt(faults, ['tables', key])?.message}
      onCommit={(typed) => {
        const names = namesOf(typed);
        if (names.length === 0) remove(['tables', key]);
        else set(['tables', key], names);
      }}
    />
  );
  const connection = (id: string, name: string) =>
    id && name ? <Link to={`/connections/${id}`}>{name}</Link> : name || '–';
  return (
    <Part title={t('scope.title')} lead={t('scope.lead')}>
      <Box sx={{ mb: 5 }}>
        <Facts
          items={[
            [t('scope.source'), connection(plan.source_connection_id, model.source)],
            [t('scope.target'), connection(plan.target_connection_id, model.target)],
          ]}
        />
      </Box>
      <Box sx={grid}>
        {patterns('include')}
        {patterns('exclude')}
        <PlanField
          code
          label={t('scope.schema.label')}
          hint={t('scope.schema.hint')}
          path={['target', 'schema']}
          value={model.schema}
          error={faultAt(faults, ['target', 'schema'])?.message}
        />
        <ChoiceField
          label={t('scope.naming.label')}
          path={['naming', 'case']}
          value={model.naming}
          options={NAMINGS.map((value) => ({
            value,
            label: t(`scope.naming.${value}`),
            means: t(`scope.naming.${value}Means`),
          }))}
        />
      </Box>
    </Part>
  );
}
