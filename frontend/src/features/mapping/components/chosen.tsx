import { Panel } from '@/components/panel';
import type { Schema } from '@/lib/api/client';
import type { Desk } from '../data/use-desk';
import { DecisionButtons } from './decision-buttons';
import { Preview } from './preview';
import { Why } from './why';

/** Everything about the chosen suggestion, and what can be said of it. */
export function Chosen({ desk, matching }: { desk: Desk; matching: Schema<'MatchingView'> }) {
  const { view, pair, actions, previewed } = desk;
  const { current } = view;
  if (!current) return null;
  return (
    <Panel>
      <Why one={current} onChoose={actions.choose}>
        <DecisionButtons one={current} actions={actions} />
      </Why>
      {pair && (
        <Preview
          key={current.number}
          one={current}
          pair={pair}
          matching={matching}
          asked={previewed}
          onAsk={actions.preview}
        />
      )}
    </Panel>
  );
}
