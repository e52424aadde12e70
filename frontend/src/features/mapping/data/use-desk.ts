import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';
import type { TablePair } from '../model/suggestion';
import { useDecisions } from './use-decisions';
import { useDeskKeys } from './use-desk-keys';
import { useOthersDecisions } from './use-others-decisions';
import { useSuggestions } from './use-suggestions';
import { useView } from './use-view';

export type DialogName = 'other' | 'accept' | 'plan' | undefined;

/** A matching that is decided about: what is known and seen of it, and what can be done. */
export function useDesk(matching: Schema<'MatchingView'>, pairs: readonly TablePair[]) {
  const { t } = useTranslation('mapping');
  const notify = useNotify();
  const { matching_id, project_id } = matching;
  const { query, items, complete, news } = useSuggestions(matching_id);
  const decisions = useDecisions(matching_id, items, news);
  useOthersDecisions(project_id, matching_id, { ...news, isOwn: decisions.isOwn });
  const view = useView(pairs, decisions.shown);
  const [dialog, open] = useState<DialogName>();
  const [previewed, setPreviewed] = useState<number>();
  const tools = useRef<HTMLDivElement>(null);
  const { current } = view;

  const decide = (decision: 'accepted' | 'rejected' | 'open') => {
    if (!current) return;
    if (decision !== 'open') view.onwards();
    if (current.decision !== decision) decisions.decide(current, { decision });
  };
  const actions = {
    // Where nothing is proposed, agreeing means: no match.
    accept: () => {
      decide(current?.target_column === undefined ? 'rejected' : 'accepted');
    },
    reject: () => {
      decide('rejected');
    },
    reopen: () => {
      decide('open');
    },
    other: () => {
      if (current) open('other');
    },
    preview: () => {
      setPreviewed(current?.number);
    },
    undo: () => {
      if (decisions.undoable === 0) return;
      const [first] = decisions.undo();
      if (first === undefined) notify('info', t('nothingUndone'));
      else view.choose(first);
    },
    /** The target of an alternative: the proposed one is accepted, another is a change. */
    choose: (target: string) => {
      if (target === current?.target_column) decide('accepted');
      else if (current) decisions.decide(current, { decision: 'changed', target_column: target });
    },
  };
  useDeskKeys({ ...actions, step: view.step, tools });
  return {
    query: { ...query, data: decisions.shown },
    complete,
    news,
    decisions,
    view,
    pair: pairs.find(({ number }) => number === current?.table_number),
    previewed: current !== undefined && previewed === current.number,
    dialog,
    open,
    tools,
    actions,
  };
}

export type Desk = ReturnType<typeof useDesk>;
