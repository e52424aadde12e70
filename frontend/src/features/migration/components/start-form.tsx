import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { ErrorNote } from '@/components/error-note';
import { Field } from '@/components/field';
import { Loaded } from '@/components/loaded';
import { Tick } from '@/components/tick';
import { $api, once, type Schema } from '@/lib/api/client';
import { RunPreview } from './run-preview';

type Plan = Pick<Schema<'PlanView'>, 'plan_id' | 'version' | 'target_connection_id'>;
type Kind = Schema<'RunKind'>;
const KINDS: Kind[] = ['rehearse', 'run', 'verify'];

function KindChoice({ value, onChange }: { value: Kind; onChange: (kind: Kind) => void }) {
  const { t } = useTranslation('migration');
  return (
    <Box component="fieldset" sx={{ border: 0, p: 0, m: 0, mb: 4, display: 'grid', gap: 2 }}>
      <Box component="legend" sx={{ fontWeight: 550, mb: 2, p: 0 }}>
        {t('start.kind')}
      </Box>
      {KINDS.map((kind) => (
        <Box component="label" key={kind} sx={{ display: 'flex', gap: 2, alignItems: 'baseline' }}>
          <input
            type="radio"
            name="kind"
            checked={value === kind}
            onChange={() => {
              onChange(kind);
            }}
          />
          <span>
            <strong>{t(`kinds.${kind}`)}</strong>{' '}
            <Box component="span" sx={{ color: 'text.secondary' }}>
              {t(`start.kindText.${kind}`)}
            </Box>
          </span>
        </Box>
      ))}
    </Box>
  );
}

/** Writing into production wants the connection's name typed; what destroys is confirmed with it. */
function useTarget(plan: Plan) {
  const path = { connection_id: plan.target_connection_id };
  return $api.useQuery(
    'get',
    '/api/v1/connections/{connection_id}',
    { params: { path } },
    { enabled: plan.target_connection_id !== '' },
  ).data;
}

export function StartForm({ plan, first }: { plan: Plan; first: string }) {
  const { t } = useTranslation(['migration', 'common']);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [kind, setKind] = useState<Kind>(KINDS.find((each) => each === first) ?? 'rehearse');
  const [typed, setTyped] = useState('');
  const [repair, setRepair] = useState(false);
  const target = useTarget(plan);
  const preview = $api.useQuery(
    'get',
    '/api/v1/runs/preview',
    { params: { query: { plan_id: plan.plan_id } } },
    { staleTime: 0 },
  );
  const { mutate, isPending, error } = $api.useMutation('post', '/api/v1/runs', {
    onSuccess: async (run) => {
      await queries.invalidateQueries({ queryKey: ['get', '/api/v1/runs'] });
      await navigate(`/runs/${run.run_id}`);
    },
  });
  const writes = kind === 'run';
  const asksName = writes && target !== undefined && (target.production || preview.data?.destructive === true);
  const ready = !asksName || typed === target.name;
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const body = {
          plan_id: plan.plan_id,
          plan_version: plan.version,
          kind,
          confirm: writes && preview.data?.destructive === true,
          ...(kind === 'verify' && repair && { repair }),
        };
        if (ready) mutate({ params: { header: once() }, body });
      }}
    >
      <KindChoice value={kind} onChange={setKind} />
      {writes && <Loaded query={preview}>{(loaded) => <RunPreview preview={loaded} />}</Loaded>}
      {kind === 'verify' && (
        <Tick label={t('start.repair')} hint={t('start.repairHint')} checked={repair} onChange={setRepair} />
      )}
      {asksName && <Field label={t('common:form.typeName', { name: target.name })} value={typed} onChange={setTyped} />}
      <ErrorNote error={error} />
      <Button
        type="submit"
        variant="contained"
        color={writes && preview.data?.destructive ? 'error' : 'primary'}
        loading={isPending}
        disabled={!ready || (writes && !preview.data)}
      >
        {t(`start.action.${kind}`)}
      </Button>
    </form>
  );
}
