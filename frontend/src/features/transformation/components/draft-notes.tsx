import Button from '@mui/material/Button';
import { useTranslation } from 'react-i18next';
import { Moment } from '@/components/moment';
import { Note } from '@/components/note';
import type { Schema } from '@/lib/api/client';
import type { Draft } from '../plan/draft';

import { nameOf } from '../plan/people';
interface Props {
  plan: Schema<'PlanTextView'>;
  draft: Draft;
  dirty: boolean;
  readOnly: boolean;
  onMerge: () => void;
  onDiscard: () => void;
}

/** What one has to know before going on: changes found again, somebody who was faster, no permission. */
export function DraftNotes({ plan, draft, dirty, readOnly, onMerge, onDiscard }: Props) {
  const { t } = useTranslation('transformation');
  const small = (label: string, onClick: () => void) => (
    <Button size="small" variant="outlined" onClick={onClick}>
      {label}
    </Button>
  );
  return (
    <div role="status">
      {readOnly && <Note tone="info">{t('note.readOnly')}</Note>}
      {dirty && draft.foundFrom && (
        <Note tone="info" action={small(t('save.discard'), onDiscard)}>
          {t('note.found')} <Moment at={draft.foundFrom} />
        </Note>
      )}
      {dirty && plan.version > draft.base.version && (
        <Note tone="warning" action={small(t('merge.action'), onMerge)}>
          {t('note.behind', { name: nameOf(plan.author), version: plan.version })}
        </Note>
      )}
    </div>
  );
}
