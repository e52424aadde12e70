import Box from '@mui/material/Box';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Loaded } from '@/components/loaded';
import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import { useNotify } from '@/lib/store/store';
import { useDecisions } from '../data/use-decisions';
import { useOthersDecisions } from '../data/use-others-decisions';
import { useSuggestions } from '../data/use-suggestions';
import { useView } from '../data/use-view';
import type { TablePair } from '../model/suggestion';
import { ConflictNote } from './conflict-note';
import { DecisionButtons } from './decision-buttons';
import { DeskActions } from './desk-actions';
import { DeskDialog, type DialogName } from './desk-dialog';
import { Pairs } from './pairs';
import { Summary } from './summary';
import { Toolbar } from './toolbar';
import { Unmatched } from './unmatched';
import { useDeskKeys } from './use-desk-keys';
import { Why } from './why';

interface Props {
  matching: Schema<'MatchingView'>;
  pairs: readonly TablePair[];
}

/** Where columns are decided about: both sides, what speaks for a suggestion, and what is made of it. */
export function Desk({ matching, pairs }: Props) {
  const { t } = useTranslation('mapping');
  const notify = useNotify();
  const { matching_id, project_id } = matching;
  const { query, items, complete, news } = useSuggestions(matching_id);
  const decisions = useDecisions(matching_id, items, news);
  useOthersDecisions(project_id, matching_id, { ...news, isOwn: decisions.isOwn });
  const view = useView(pairs, decisions.shown);
  const [dialog, setDialog] = useState<DialogName>();
  const tools = useRef<HTMLDivElement>(null);
  const { current } = view;

  const undo = () => {
    const [first] = decisions.undo();
    if (first === undefined) notify('info', t('nothingUndone'));
    else view.choose(first);
  };
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
      if (current) setDialog('other');
    },
  };
  useDeskKeys({ ...actions, undo, step: view.step, tools });

  return (
    <Loaded query={{ ...query, data: decisions.shown }}>
      {(all) => (
        <>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, alignItems: 'flex-start' }}>
            <Box sx={{ flex: '1 1 320px', minWidth: 0 }}>
              <Summary
                total={all.length}
                open={all.filter(({ decision }) => decision === 'open').length}
                questions={[...view.counts.values()].reduce((sum, { questions }) => sum + questions, 0)}
                twice={view.twice.size}
                waiting={decisions.waiting}
                complete={complete}
                onShow={(state) => {
                  view.set({ state, pair: '', q: '' });
                }}
              />
            </Box>
            <DeskActions
              all={all}
              from={view.from}
              ready={complete}
              undoable={decisions.undoable > 0}
              onUndo={undo}
              onOpen={setDialog}
            />
          </Box>
          <Box ref={tools}>
            <Toolbar pairs={pairs} counts={view.counts} values={view.values} onChange={view.set} />
          </Box>
          {decisions.conflicts.map((conflict) => (
            <ConflictNote key={conflict.id} conflict={conflict} onSettle={decisions.settle} />
          ))}
          <Box
            sx={{
              display: 'grid',
              gap: 4,
              alignItems: 'start',
              gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 380px' },
            }}
          >
            <Pairs
              matching={matching}
              layout={view.layout}
              counts={view.counts}
              chosen={current?.number}
              onChoose={view.choose}
              tableOrder={view.values.targets === 'table'}
              onTableOrder={(tableOrder) => {
                view.set({ targets: tableOrder ? 'table' : '' });
              }}
            />
            {current && (
              <Panel>
                <Why
                  one={current}
                  onChoose={(target) => {
                    if (target === current.target_column) decide('accepted');
                    else decisions.decide(current, { decision: 'changed', target_column: target });
                  }}
                >
                  <DecisionButtons one={current} actions={actions} />
                </Why>
              </Panel>
            )}
          </Box>
          <Unmatched unmatched={matching.unmatched} />
          <DeskDialog
            name={dialog}
            matching={matching}
            pairs={pairs}
            view={view}
            decisions={decisions}
            onAccepted={news.reload}
            onClose={() => {
              setDialog(undefined);
            }}
          />
        </>
      )}
    </Loaded>
  );
}
