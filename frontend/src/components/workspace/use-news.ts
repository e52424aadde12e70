import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTopic } from '@/lib/realtime/use-topic';

const STEPS = '/api/v1/projects/{project_id}/steps';
const PEOPLE = '/api/v1/projects/{project_id}/people';

/** By the first word of an event: what has to be loaded again. */
const CONCERNED: Record<string, string[]> = {
  project: ['/api/v1/projects/{project_id}'],
  plan: ['/api/v1/projects/{project_id}/plans', STEPS],
  member: ['/api/v1/projects/{project_id}', '/api/v1/projects/{project_id}/members', PEOPLE],
  comment: ['/api/v1/projects/{project_id}/comments'],
  run: ['/api/v1/runs', '/api/v1/approvals', STEPS],
  analysis: ['/api/v1/analyses', STEPS],
  matching: [
    '/api/v1/projects/{project_id}/matchings',
    '/api/v1/matchings/{matching_id}',
    '/api/v1/matchings/{matching_id}/suggestions',
    STEPS,
  ],
  check: ['/api/v1/check-runs', '/api/v1/check-alerts', STEPS],
};

const GATHER_MS = 300;

/** Loads again what others, or workers, changed in the project; many changes at once are loaded once. */
export function useNews(projectId: string) {
  const queries = useQueryClient();
  const gathered = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useTopic(`project:${projectId}`, ({ type }) => {
    const [word = ''] = type.split('.');
    const paths = type === 'resync' ? Object.values(CONCERNED).flat() : (CONCERNED[word] ?? []);
    for (const path of paths) gathered.current.add(path);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const path of gathered.current) void queries.invalidateQueries({ queryKey: ['get', path] });
      gathered.current.clear();
    }, GATHER_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
