import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useMe } from '@/lib/api/me';
import { queue, type Queued } from '@/lib/offline/queue';
import { useQueued, useSent } from '@/lib/offline/use-queue';
import { wished, wishOf, type Decision, type Shown, type Suggestion, type Wish } from '../model/suggestion';
import { suggestionsKey, type SuggestionNews } from './use-suggestions';

const KIND = 'mapping.decision';

/** What a decision asks of the server: only what was seen is overwritten. */
interface Asked extends Wish {
  seen: Decision;
  seen_at?: string;
}

/** A decision that was refused because somebody else decided meanwhile, or for another reason. */
export interface Conflict {
  id: string;
  mine: Wish;
  /** As it is on the server; nothing while that is being loaded. */
  theirs: Suggestion | undefined;
  number: number;
  stale: boolean;
  detail: string;
}

/** What can be undone: as it was, and as it was made. */
interface Step {
  number: number;
  before: Wish;
  after: Wish;
}

const subjectOf = (matchingId: string, number: number) => `${matchingId}/${String(number)}`;
const numberOf = (subject: string) => Number(subject.split('/').at(-1));
const isSame = (a: Wish, b: Wish) =>
  a.decision === b.decision && a.target_column === b.target_column && a.expr === b.expr;
/** Does the same follow from what stands there and from the wish? */
const leadsTo = (one: Suggestion, wish: Wish) => isSame(wishOf(one), wishOf(wished(one, wish, undefined)));
const wishIn = ({ decision, target_column, expr }: Asked): Wish => ({
  decision,
  ...(target_column && { target_column }),
  ...(expr && { expr }),
});

/** What was decided here and is not on the server yet, laid over what the server said. */
function useOverlay(matchingId: string, items: readonly Suggestion[] | undefined) {
  const queued = useQueued<Asked>(KIND);
  const own = useMemo(() => queued.filter(({ subject }) => subject.startsWith(`${matchingId}/`)), [queued, matchingId]);
  const shown = useMemo(() => {
    if (own.length === 0 || !items) return items as readonly Shown[] | undefined;
    const byNumber = new Map(own.map((entry) => [numberOf(entry.subject), entry]));
    return items.map((one): Shown => {
      const entry = byNumber.get(one.number);
      if (!entry) return one;
      return entry.refused ? { ...one, way: 'refused' } : wished(one, wishIn(entry.body), 'waiting');
    });
  }, [items, own]);
  return { own, shown };
}

/** What is answered when nobody is here to hear it is loaded again with the next look. */
function useLeaving(matchingId: string) {
  const queries = useQueryClient();
  useEffect(
    () => () => {
      const ours = ({ kind, subject }: Queued) => kind === KIND && subject.startsWith(`${matchingId}/`);
      if (!queue.all().some(ours)) return;
      void queries.invalidateQueries({ queryKey: suggestionsKey(matchingId), refetchType: 'none' });
    },
    [queries, matchingId],
  );
}

/** Decisions about the suggestions of a matching: made at once, sent in their order, undone one by one. */
export function useDecisions(matchingId: string, items: readonly Suggestion[] | undefined, news: SuggestionNews) {
  const me = useMe().data?.user_id;
  const sentHere = useRef(new Set<number>());
  const { own, shown } = useOverlay(matchingId, items);
  const steps = useRef<Step[][]>([]);
  const [undoable, setUndoable] = useState(0);
  useLeaving(matchingId);
  useSent((entry, answer) => {
    if (entry.kind === KIND && entry.subject.startsWith(`${matchingId}/`)) news.put(answer as Suggestion);
  });

  const send = (one: Shown, wish: Wish) => {
    const subject = subjectOf(matchingId, one.number);
    const before = queue.waiting(KIND, subject)?.body as Asked | undefined;
    const seen: Asked = before ?? { decision: 'open', seen: one.decision, seen_at: one.decided_at };
    sentHere.current.add(one.number);
    queue.put({
      kind: KIND,
      subject,
      path: `/api/v1/matchings/${matchingId}/suggestions/${String(one.number)}/decision`,
      body: { ...wish, seen: seen.seen, ...(seen.seen_at && { seen_at: seen.seen_at }) } satisfies Asked,
      affects: ['/api/v1/matchings/{matching_id}/suggestions'],
    });
  };
  const remember = (made: Step[]) => {
    steps.current = [...steps.current, made];
    setUndoable(steps.current.length);
  };
  const conflicts: Conflict[] = own.flatMap(({ id, subject, body, refused }) => {
    if (!refused) return [];
    const number = numberOf(subject);
    const theirs = items?.find((one) => one.number === number);
    return [{ id, number, theirs, mine: wishIn(body), stale: refused.status === 412, detail: refused.detail }];
  });

  const refused = conflicts.map(({ id }) => id).join();
  const lookAgain = useEffectEvent(async () => {
    await news.refresh(conflicts.map(({ number }) => number));
  });
  useEffect(() => {
    if (refused !== '') void lookAgain();
  }, [refused]);
  // Two who want the same have no conflict; nor has who is told of a decision that arrived without its answer.
  const agreed = conflicts.filter(({ stale, theirs, mine }) => stale && theirs && leadsTo(theirs, mine));
  const settled = agreed.map(({ id }) => id).join();
  useEffect(() => {
    if (settled === '') return;
    for (const id of settled.split(',')) queue.remove(id);
  }, [settled]);

  return {
    shown,
    conflicts: conflicts.filter((one) => !agreed.includes(one)),
    /** So many are not on the server yet. */
    waiting: new Set(own.filter(({ refused }) => !refused).map(({ subject }) => subject)).size,
    undoable,
    /** Tells an event of this page's own decision from others'. */
    isOwn: (number: number, by: string | undefined) => by === me && sentHere.current.delete(number),
    decide: (one: Shown, wish: Wish) => {
      conflicts
        .filter(({ number }) => number === one.number)
        .forEach(({ id }) => {
          queue.remove(id);
        });
      remember([{ number: one.number, before: wishOf(one), after: wishOf(wished(one, wish, 'waiting')) }]);
      send(one, wish);
    },
    /** What was accepted all at once can be undone all at once. */
    remember: (accepted: readonly Shown[]) => {
      remember(
        accepted.map(({ number }) => ({ number, before: { decision: 'open' }, after: { decision: 'accepted' } })),
      );
    },
    /** Takes the last decision back, unless somebody else decided since; which suggestions that was. */
    undo: () => {
      const last = steps.current.at(-1);
      if (!last) return [];
      steps.current = steps.current.slice(0, -1);
      setUndoable(steps.current.length);
      const byNumber = new Map(shown?.map((one) => [one.number, one]));
      return last.flatMap(({ number, before, after }) => {
        const one = byNumber.get(number);
        if (!one || !isSame(wishOf(one), after)) return [];
        send(one, before);
        return [number];
      });
    },
    /** Ends a conflict: the server's decision stays, or mine takes its place. */
    settle: ({ id, theirs, mine }: Conflict, keep: 'theirs' | 'mine') => {
      queue.remove(id);
      if (keep === 'mine' && theirs) send(theirs, mine);
    },
  };
}

export type Decisions = ReturnType<typeof useDecisions>;
