import Box from '@mui/material/Box';
import { useTranslation } from 'react-i18next';
import { Tick } from '@/components/tick';
import { RUN } from '../plan/choices';
import { usePlanEditor } from '../plan/editor-context';
import { faultAt } from '../plan/faults';
import { ChoiceField } from './choice-field';
import { grid, Part } from './part';
import { PlanField } from './plan-field';

type Key = keyof typeof RUN;

/** Numbers and names, with what stands there when the plan says nothing. */
const FIELDS = [
  { key: 'workers', usual: '0' },
  { key: 'chunk_rows', usual: 'auto' },
  { key: 'parts', usual: '0' },
  { key: 'ledger_schema', usual: 'migrateiq' },
  { key: 'throttle.rows_per_second', usual: '0' },
  { key: 'throttle.bytes_per_second', usual: '0' },
] as const;

const textKey = (key: string) => key.replace('throttle.', '');

/** `run:` - how a run goes. */
export function Running() {
  const { t } = useTranslation('transformation');
  const { reading, faults, locked, set } = usePlanEditor();
  const { run } = reading.model;
  return (
    <Part title={t('run.title')} lead={t('run.lead')}>
      <Box sx={grid}>
        {(Object.keys(RUN) as Key[]).map((key) => (
          <ChoiceField
            key={key}
            label={t(`run.${key}.label`)}
            path={['run', key]}
            value={run[key] ?? ''}
            options={RUN[key].map((value) => ({
              value,
              label: t(`run.${key}.${value}`),
              means: t(`run.${key}.${value}Means`),
            }))}
          />
        ))}
        {FIELDS.map(({ key, usual }) => {
          const path = ['run', ...key.split('.')];
          return (
            <PlanField
              key={key}
              number
              label={t(`run.${textKey(key)}.label`)}
              hint={t(`run.${textKey(key)}.hint`)}
              placeholder={usual}
              path={path}
              value={run[key] ?? ''}
              error={faultAt(faults, path)?.message}
            />
          );
        })}
      </Box>
      <Box component="fieldset" disabled={locked} sx={{ border: 0, p: 0, m: 0 }}>
        <Tick
          label={t('run.create_database.label')}
          hint={t('run.create_database.hint')}
          checked={run.create_database === 'true'}
          onChange={(checked) => {
            set(['run', 'create_database'], checked || undefined);
          }}
        />
      </Box>
    </Part>
  );
}
