import { list, make, refuse, type Sent } from '@/testing/mock-api';
import type { Suggestion } from '../model/suggestion';

export const LIST = 'GET /api/v1/projects/{project_id}/matchings';
export const ONE = 'GET /api/v1/matchings/{matching_id}';
const TABLES = 'GET /api/v1/matchings/{matching_id}/tables';
export const SUGGESTIONS = 'GET /api/v1/matchings/{matching_id}/suggestions';
export const DECIDE = 'POST /api/v1/matchings/{matching_id}/suggestions/{number}/decision';
export const ACCEPT = 'POST /api/v1/matchings/{matching_id}/accept';
export const SAMPLE = 'POST /api/v1/projects/{project_id}/plans/sample';
export const PLAN = 'POST /api/v1/matchings/{matching_id}/plan';
export const PROJECT = {
  'GET /api/v1/projects/{project_id}': () => make('ProjectView', { project_id: 'p1', name: 'Shop to CRM' }),
};
export const matching = (members: object = {}) =>
  make('MatchingView', {
    matching_id: 'm1',
    project_id: 'p1',
    name: 'shop to crm',
    state: 'succeeded',
    source_connection: 'shop',
    target_connection: 'crm',
    unmatched: { source: ['APP_LOG'], target: [] },
    ...members,
  });
const pair = make('MatchedTableView', {
  number: 1,
  source_table: 'CUST',
  target_table: 'customer',
  target_columns: ['email', 'birth_date', 'full_name', 'city', 'is_active'],
});
const suggestion = (members: Partial<Suggestion>) =>
  make<Suggestion>('SuggestionView', { table_number: 1, confidence: 0.97, sure: true, decision: 'open', ...members });

/** A server that keeps what is decided, as the real one does. */
export function server() {
  let clock = 0;
  const rows = new Map(
    [
      suggestion({ number: 1, source_column: 'EMAIL', target_column: 'email' }),
      suggestion({
        number: 2,
        source_column: 'DOB',
        target_column: 'birth_date',
        confidence: 0.81,
        sure: false,
        evidence: [{ signal: 'name', score: 0.9, text: 'dob ~ date of birth' }],
        alternatives: [
          { target_column: 'birth_date', confidence: 0.81 },
          { target_column: 'city', confidence: 0.2 },
        ],
        transformation: {
          kind: 'date_format',
          sources: ['DOB'],
          expr: "strptime(DOB, '%Y%m%d')",
          text: 'from yyyymmdd',
          confidence: 0.9,
          verified: 0.992,
        },
      }),
      suggestion({ number: 3, source_column: 'NAME', target_column: 'full_name' }),
      suggestion({ number: 4, source_column: 'REMARKS', target_column: undefined, confidence: 0, sure: false }),
    ].map((one) => [one.number, one]),
  );
  const put = (number: number, body: Partial<Suggestion>, by: string) => {
    const old = rows.get(number);
    if (!old) throw new Error(`no suggestion ${String(number)}`);
    clock += 1;
    const target = body.target_column ?? old.target_column;
    const decided = { decided_by_name: by, decided_at: `2026-05-04T03:02:0${String(clock)}Z` };
    const leads = body.decision === 'accepted' || body.decision === 'changed';
    const next: Suggestion = {
      ...old,
      decided_target: undefined,
      decided_at: undefined,
      decided_by_name: undefined,
      decision: body.decision ?? 'open',
      ...(body.decision !== 'open' && decided),
      ...(leads && { decided_target: target }),
    };
    rows.set(number, next);
    return next;
  };
  const decide = ({ path, body }: Sent) => {
    const number = Number(/suggestions\/(\d+)\//.exec(path)?.[1]);
    const wish = body as Partial<Suggestion> & { seen?: string; seen_at?: string };
    const now = rows.get(number);
    const late = wish.seen !== now?.decision || (wish.seen_at && wish.seen_at !== now?.decided_at);
    return late ? refuse(412, 'MIQ-API-009') : put(number, wish, 'Anna Keller');
  };
  const accept = ({ body }: Sent) => {
    const { confidence } = body as { confidence: number };
    const sure = [...rows.values()].filter((one) => one.decision === 'open' && one.confidence >= confidence);
    sure.forEach(({ number }) => put(number, { decision: 'accepted' }, 'Anna Keller'));
    return { accepted: sure.length };
  };
  return {
    rows,
    put,
    answers: {
      ...PROJECT,
      [LIST]: () => list(matching()),
      [ONE]: () => matching(),
      [TABLES]: () => ({ items: [pair] }),
      [SUGGESTIONS]: () => list(...rows.values()),
      [DECIDE]: decide,
      [ACCEPT]: accept,
    },
  };
}
