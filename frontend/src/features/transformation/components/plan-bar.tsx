import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Button from '@mui/material/Button';
import Tooltip from '@mui/material/Tooltip';
import { useTranslation } from 'react-i18next';
import DownloadIcon from 'lucide-react/icons/download';
import HistoryIcon from 'lucide-react/icons/history';
import PlusIcon from 'lucide-react/icons/plus';
import RedoIcon from 'lucide-react/icons/redo-2';
import UndoIcon from 'lucide-react/icons/undo-2';
import { ButtonLink } from '@/components/button-link';
import { download } from '@/components/download';
import { Moment } from '@/components/moment';
import { SelectField } from '@/components/select-field';
import type { Schema } from '@/lib/api/client';
import type { Draft, DraftAction } from '../plan/draft';
import { usePlanEditor } from '../plan/editor-context';
import { nameOf } from '../plan/people';
import { useAddress } from './use-address';

interface Props {
  plans: readonly Schema<'PlanView'>[];
  draft: Draft;
  readOnly: boolean;
  act: (action: DraftAction) => void;
}

const fileName = (name: string) => `${name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')}.yaml`;

function UndoButtons({ draft, act }: Pick<Props, 'draft' | 'act'>) {
  const { t } = useTranslation('transformation');
  const steps = [
    { is: 'undone', label: t('undo'), Icon: UndoIcon, off: draft.past.length === 0 },
    { is: 'redone', label: t('redo'), Icon: RedoIcon, off: draft.future.length === 0 },
  ] as const;
  return steps.map(({ is, label, Icon, off }) => (
    <Tooltip key={is} title={label}>
      <span>
        <IconButton
          aria-label={label}
          disabled={off}
          onClick={() => {
            act({ is });
          }}
        >
          <Icon size={16} aria-hidden />
        </IconButton>
      </span>
    </Tooltip>
  ));
}

/** Which plan, which version, and what can be done with the whole of it. */
export function PlanBar({ plans, draft, readOnly, act }: Props) {
  const { t } = useTranslation('transformation');
  const { plan } = usePlanEditor();
  const { go } = useAddress();
  const base = `/projects/${plan.project_id}/transformation`;
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, rowGap: 2, alignItems: 'center' }}>
      <SelectField
        inline
        label={t('plan')}
        value={plan.plan_id}
        options={plans.map(({ plan_id, name }) => ({ value: plan_id, label: name }))}
        onChange={(id) => {
          go({ plan: id, table: '', part: '', column: '' });
        }}
      />
      <Box sx={{ color: 'text.secondary', px: 1 }}>
        {t('version', { version: draft.base.version })}
        {plan.version === draft.base.version && (
          <>
            {' '}
            · <bdi>{nameOf(plan.author)}</bdi> · <Moment at={plan.updated_at} />
          </>
        )}
      </Box>
      <Box sx={{ flex: '1 1 0' }} />
      {!readOnly && (
        <Box sx={{ display: 'flex' }}>
          <UndoButtons draft={draft} act={act} />
        </Box>
      )}
      <ButtonLink startIcon={<HistoryIcon size={15} aria-hidden />} to={`${base}/versions?plan=${plan.plan_id}`}>
        {t('versions.title')}
      </ButtonLink>
      <Button
        startIcon={<DownloadIcon size={15} aria-hidden />}
        onClick={() => {
          download(fileName(plan.name), draft.text, 'application/yaml');
        }}
      >
        {t('download')}
      </Button>
      {!readOnly && (
        <ButtonLink startIcon={<PlusIcon size={15} aria-hidden />} to={`${base}/new`}>
          {t('new.title')}
        </ButtonLink>
      )}
    </Box>
  );
}
