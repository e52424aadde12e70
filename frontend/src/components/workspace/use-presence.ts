import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { $api, type Schema } from '@/lib/api/client';
import { useMe } from '@/lib/api/me';
import { useNow } from '@/lib/format/use-now';
import { realtime } from '@/lib/realtime/socket';
import { useLinkState, useTopic } from '@/lib/realtime/use-topic';
import { shortName } from '../person';
import { STEPS, type Step } from './steps';
import type { Edited } from './use-editing';

const AGAIN_MS = 20_000;
/** Who said nothing for so long is gone. */
const GONE_MS = 30_000;
/** Who moves quickly through fields tells only where he stays. */
const PAUSE_MS = 200;

type Present = Schema<'PresenceView'>;
interface Heard {
  user_id: string;
  name: string;
  state: unknown;
}

export interface Other {
  user_id: string;
  name: string;
  step?: Step;
  /** "customer.email" */
  edits?: string;
}

const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);

/** What another client says of itself is text at most. */
function otherOf({ user_id, name, state }: Present): Other {
  const said = (typeof state === 'object' && state !== null ? state : {}) as Record<string, unknown>;
  const table = textOf(said.table);
  const field = textOf(said.field);
  const step = STEPS.find((each) => each === said.step);
  const edits = table && (field ? `${table}.${field}` : table);
  return { user_id, name: shortName(name), ...(step && { step }), ...(edits && { edits }) };
}

/** By user: what was heard last, and when; nothing for who left. */
type News = Readonly<Record<string, { heard: Heard; at: number }>>;

/** What was heard of late counts more than an answer that may have been under way before it. */
function together(items: readonly Present[], news: News, now: number): Present[] {
  const fresh = Object.values(news).filter(({ at }) => now - at < GONE_MS);
  const ids = new Set(fresh.map(({ heard }) => heard.user_id));
  const here = fresh.filter(({ heard }) => heard.state !== null);
  return [
    ...items.filter(({ user_id }) => !ids.has(user_id)),
    ...here.map(({ heard, at }) => ({ ...heard, seen_at: new Date(at).toISOString() })),
  ];
}

/** Tells where one is, at once and again and again; answers how to tell what one edits. */
function useTelling(topic: string, step: Step) {
  const link = useLinkState();
  const edited = useRef<Edited>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useCallback(() => {
    realtime.presence(topic, { step, ...edited.current });
  }, [topic, step]);
  useEffect(() => {
    if (link !== 'open') return undefined;
    tell();
    const again = setInterval(tell, AGAIN_MS);
    return () => {
      clearInterval(again);
      clearTimeout(timer.current);
    };
  }, [link, tell]);
  return useCallback(
    (next: Edited | undefined) => {
      edited.current = next;
      clearTimeout(timer.current);
      timer.current = setTimeout(tell, PAUSE_MS);
    },
    [tell],
  );
}

/** Who else is in the project and what they edit; `edit` tells the same of oneself. */
export function usePresence(projectId: string, step: Step) {
  const queries = useQueryClient();
  const { data: me } = useMe();
  const topic = `project:${projectId}`;
  const path = { params: { path: { project_id: projectId } } };
  const { queryKey } = $api.queryOptions('get', '/api/v1/projects/{project_id}/presence', path);
  const query = $api.useQuery('get', '/api/v1/projects/{project_id}/presence', path, { refetchInterval: AGAIN_MS });
  const [news, setNews] = useState<News>({});
  const now = useNow();
  useTopic(topic, ({ type, data }) => {
    if (!type.startsWith('presence:')) return;
    const heard = data as Heard;
    // From one's own word on nothing is missed; who had spoken before stands in the list.
    if (heard.user_id === me?.user_id) void queries.invalidateQueries({ queryKey });
    setNews((before) => ({ ...before, [heard.user_id]: { heard, at: Date.now() } }));
  });
  const edit = useTelling(topic, step);
  const others = together(query.data?.items ?? [], news, now)
    .filter(({ user_id }) => user_id !== me?.user_id)
    .map(otherOf);
  const byId = new Map(others.map((other) => [other.user_id, other]));
  return { others: [...byId.values()].sort((a, b) => a.name.localeCompare(b.name)), edit };
}
