import type { Schema } from '@/lib/api/client';
import type { Desk } from '../data/use-desk';
import { sourcesOf, targetOf, type Shown, type TablePair } from '../model/suggestion';
import { AcceptDialog } from './accept-dialog';
import { OtherDialog } from './other-dialog';
import { PlanDialog } from './plan-dialog';

interface Props {
  desk: Desk;
  matching: Schema<'MatchingView'>;
  pairs: readonly TablePair[];
}

/** Which source leads to a column of the same target table now. */
function takenOf(all: readonly Shown[], current: Shown) {
  const others = all.filter((one) => one.table_number === current.table_number && one.number !== current.number);
  return new Map(
    others.flatMap((one) => {
      const target = targetOf(one);
      return target === undefined ? [] : [[target, sourcesOf(one).join(' + ')] as const];
    }),
  );
}

const isAgreed = ({ decision }: Shown) => decision === 'accepted' || decision === 'changed';

/** The question that is open, if one is. */
export function DeskDialog({ desk, matching, pairs }: Props) {
  const { dialog: name, view, decisions, news } = desk;
  const { all, current } = view;
  const onClose = () => {
    desk.open(undefined);
  };
  const pair = current && pairs.find(({ number }) => number === current.table_number);
  if (name === 'other' && pair)
    return (
      <OtherDialog
        one={current}
        pair={pair}
        taken={takenOf(all, current)}
        onClose={onClose}
        onDecide={(wish) => {
          onClose();
          view.onwards();
          decisions.decide(current, wish);
        }}
      />
    );
  if (name === 'accept')
    return (
      <AcceptDialog
        matchingId={matching.matching_id}
        all={all}
        waiting={decisions.waiting}
        from={view.from}
        onFrom={view.setFrom}
        onClose={onClose}
        onAccepted={(accepted) => {
          decisions.remember(accepted);
          void news.reload();
          onClose();
        }}
      />
    );
  if (name === 'plan')
    return (
      <PlanDialog
        matching={matching}
        agreed={all.filter(isAgreed).length}
        open={all.filter(({ decision }) => decision === 'open').length}
        twice={view.twice.size}
        waiting={decisions.waiting}
        onClose={onClose}
      />
    );
  return null;
}
