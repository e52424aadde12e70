import Button from '@mui/material/Button';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { useMay } from '@/lib/api/me';
import { ActionDialog } from './action-dialog';
import { actionsOf, isDangerous, type Action } from './run-actions';

/** What may be asked of the run; each says first what it will do. */
export function RunButtons({ run }: { run: Schema<'RunView'> }) {
  const { t } = useTranslation('runs');
  const [asked, setAsked] = useState<Action>();
  const actions = actionsOf(run, useMay(run.project_id));
  return (
    <>
      {actions.map((action, at) => (
        <Button
          key={action}
          variant={at === 0 && !isDangerous(action) ? 'contained' : 'outlined'}
          color={isDangerous(action) ? 'error' : 'primary'}
          onClick={() => {
            setAsked(action);
          }}
        >
          {t(`action.${action}`)}
        </Button>
      ))}
      {asked && (
        <ActionDialog
          run={run}
          action={asked}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
    </>
  );
}
