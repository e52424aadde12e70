import Box from '@mui/material/Box';
import { Loaded } from '@/components/loaded';
import { useEditing } from '@/components/workspace/use-editing';
import type { Schema } from '@/lib/api/client';
import { useDesk } from '../data/use-desk';
import type { TablePair } from '../model/suggestion';
import { Chosen } from './chosen';
import { ConflictNote } from './conflict-note';
import { DeskActions } from './desk-actions';
import { DeskDialog } from './desk-dialog';
import { Pairs } from './pairs';
import { Summary } from './summary';
import { Toolbar } from './toolbar';
import { Unmatched } from './unmatched';

interface Props {
  matching: Schema<'MatchingView'>;
  pairs: readonly TablePair[];
}

const columns = { xs: 'minmax(0, 1fr)', lg: 'minmax(0, 1fr) 380px' };

/** Where columns are decided about: both sides, what speaks for a suggestion, and what is made of it. */
export function Desk({ matching, pairs }: Props) {
  const desk = useDesk(matching, pairs);
  const { query, complete, decisions, view, actions } = desk;
  useEditing(desk.pair?.source_table);
  return (
    <Loaded query={query}>
      {(all) => (
        <>
          <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 4, alignItems: 'flex-start' }}>
            <Summary
              all={all}
              twice={view.twice.size}
              waiting={decisions.waiting}
              complete={complete}
              onShow={(state) => {
                view.set({ state, pair: '', q: '' });
              }}
            />
            <DeskActions
              all={all}
              from={view.from}
              ready={complete}
              undoable={decisions.undoable > 0}
              onUndo={actions.undo}
              onOpen={desk.open}
            />
          </Box>
          <Box ref={desk.tools}>
            <Toolbar pairs={pairs} counts={view.counts} values={view.values} onChange={view.set} />
          </Box>
          {decisions.conflicts.map((conflict) => (
            <ConflictNote key={conflict.id} conflict={conflict} onSettle={decisions.settle} />
          ))}
          <Box sx={{ display: 'grid', gap: 4, alignItems: 'start', gridTemplateColumns: columns }}>
            <Pairs
              matching={matching}
              layout={view.layout}
              counts={view.counts}
              chosen={view.current?.number}
              onChoose={view.choose}
              tableOrder={view.values.targets === 'table'}
              onTableOrder={(tableOrder) => {
                view.set({ targets: tableOrder ? 'table' : '' });
              }}
            />
            <Chosen desk={desk} matching={matching} />
          </Box>
          <Unmatched unmatched={matching.unmatched} />
          <DeskDialog desk={desk} matching={matching} pairs={pairs} />
        </>
      )}
    </Loaded>
  );
}
