import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { ON } from '../plan/choices';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import { ChoiceField } from './choice-field';
import { grid, Part } from './part';
import { PlanField } from './plan-field';

type Key = keyof typeof ON;

/** `on:` - what to do with values that the target cannot hold. */
export function OddValues() {
  const { t } = useTranslation('transformation');
  const { reading, faults } = usePlanEditor();
  const { on } = reading.model;
  return (
    <Part title={t('on.title')} lead={t('on.lead')}>
      <Box sx={grid}>
        {(Object.keys(ON) as Key[]).map((key) => (
          <ChoiceField
            key={key}
            label={t(`on.${key}.label`)}
            path={['on', key]}
            value={on[key] ?? ''}
            asNull="null"
            options={ON[key].map((value) => ({
              value,
              label: t(`on.${key}.${value}`),
              means: t(`on.${key}.${value}Means`),
            }))}
          />
        ))}
        <PlanField
          number
          label={t('on.max_row_errors.label')}
          hint={t('on.max_row_errors.hint')}
          placeholder="1000"
          path={['on', 'max_row_errors']}
          value={on.max_row_errors ?? ''}
          error={faultAt(faults, ['on', 'max_row_errors'])?.message}
        />
      </Box>
    </Part>
  );
}
