import Box from '@mui/material/Box';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/lib/api/me';
import type { Schema } from '@/lib/api/client';
import { useTopic } from '@/lib/realtime/use-topic';
import { useValidation } from '../api/asking';
import { readPlan } from '../plan/document';
import { useDraft } from '../plan/draft';
import { editorOf, PlanEditorContext } from '../plan/editor-context';
import { placedFaults } from '../plan/faults';
import { DraftNotes } from './draft-notes';
import { EditorPanes } from './editor-panes';
import { MergeView } from './merge-view';
import { PlanBar } from './plan-bar';
import { SaveBar } from './save-bar';
import { useAddress } from './use-address';
import { useSaving } from './use-saving';
import { useUndoKeys } from './use-undo-keys';

interface Props {
  plan: Schema<'PlanTextView'>;
  plans: readonly Schema<'PlanView'>[];
  userId: string;
}

/** Loads the plan again when others changed it. */
function usePlanNews({ project_id, plan_id }: Schema<'PlanTextView'>) {
  const queries = useQueryClient();
  useTopic(`project:${project_id}`, ({ type, data }) => {
    const concerned = type === 'resync' || (data as { plan_id?: string } | null)?.plan_id === plan_id;
    if (!concerned || !(type === 'resync' || type.startsWith('plan.'))) return;
    void queries.invalidateQueries({ queryKey: ['get', '/api/v1/plans/{plan_id}'] });
    void queries.invalidateQueries({ queryKey: ['get', '/api/v1/plans/{plan_id}/versions'] });
  });
}

/** A plan, edited as a form and as text; both say the same at every moment. */
export function Workbench({ plan, plans, userId }: Props) {
  const { t } = useTranslation('transformation');
  const may = useMay();
  const { go } = useAddress();
  const { draft, dirty, act, edit } = useDraft(userId, plan.plan_id, plan);
  const [merging, setMerging] = useState(false);
  const [shown, setShown] = useState<{ from: number; to: number }>();
  usePlanNews(plan);
  const { text, base } = draft;
  const behind = plan.version > base.version;
  const follow = useEffectEvent(() => {
    if (!dirty) act({ is: 'based', base: plan, text: plan.text });
  });
  useEffect(() => {
    if (behind) follow();
  }, [behind]);

  const reading = useMemo(() => readPlan(text), [text]);
  const { data: validation } = useValidation(plan.project_id, text);
  const faults = useMemo(() => placedFaults(reading, validation?.faults ?? []), [reading, validation]);
  const saving = useSaving({
    planId: plan.plan_id,
    onStale: () => {
      setMerging(true);
    },
    onSaved: (saved) => {
      setMerging(false);
      act({ is: 'saved', base: saved });
    },
  });
  useUndoKeys(act, () => {
    if (dirty && !behind) saving.save(text, base.version, '');
  });

  const readOnly = !may('projects.write');
  const editor = editorOf({
    plan,
    reading,
    faults,
    readOnly,
    change: edit,
    show: (place) => {
      setShown(place);
      go({ side: '' });
    },
  });
  if (merging && behind) {
    return (
      <MergeView
        base={base}
        mine={text}
        theirs={plan}
        saving={saving}
        onBack={() => {
          setMerging(false);
        }}
        onTake={(merged) => {
          act({ is: 'based', base: plan, text: merged });
          setMerging(false);
        }}
      />
    );
  }
  return (
    <PlanEditorContext value={editor}>
      <Box role="group" aria-label={t('plan')} sx={{ display: 'grid', gap: 4, gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <PlanBar plans={plans} draft={draft} act={act} readOnly={readOnly} />
        <DraftNotes
          draft={draft}
          dirty={dirty}
          plan={plan}
          readOnly={readOnly}
          onMerge={() => {
            setMerging(true);
          }}
          onDiscard={() => {
            act({ is: 'discarded' });
          }}
        />
        <EditorPanes shown={shown} readOnly={readOnly} />
        {dirty && !readOnly && (
          <SaveBar
            text={text}
            base={base}
            saving={saving}
            behind={behind}
            onMerge={() => {
              setMerging(true);
            }}
            onDiscard={() => {
              act({ is: 'discarded' });
            }}
          />
        )}
      </Box>
    </PlanEditorContext>
  );
}
