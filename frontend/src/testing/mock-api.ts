import { expect, vi } from 'vitest';
import { document, faultOf, routeOf, sample, type JsonSchema, type Route } from './openapi';

/** A request as a test sees it. */
export interface Sent {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: unknown;
}

type Answer = (sent: Sent) => unknown;
const NEVER = Symbol('never');
class Refusal {
  constructor(
    readonly status: number,
    readonly problem: Record<string, unknown>,
  ) {}
}

/** For an answer: a problem instead. */
export const refuse = (status: number, code: string, more: Record<string, unknown> = {}) =>
  new Refusal(status, {
    type: 'about:blank',
    title: `Title of ${code}`,
    status,
    detail: `Detail of ${code}`,
    code,
    fix: `Fix of ${code}`,
    request_id: 'request-1',
    ...more,
  });
/** For an answer: none comes. */
export const pending = () => NEVER;
/** A list with one page. */
export const list = (...items: unknown[]) => ({ items });

/** A value of the API's type of that name, with some members set. */
export function make<Value = Record<string, unknown>>(name: string, members: Record<string, unknown> = {}): Value {
  const schema: JsonSchema = { $ref: `#/components/schemas/${name}` };
  const value = { ...(sample(schema) as object), ...members };
  expect(faultOf(schema, value), `${name} of the test`).toBeUndefined();
  return value as Value;
}

async function bodyOf(request: Request): Promise<unknown> {
  const text = await request.text();
  if (!text || !request.headers.get('Content-Type')?.includes('json')) return text || undefined;
  return JSON.parse(text) as unknown;
}

const json = (status: number, value: unknown, type = 'application/json') =>
  new Response(value === undefined ? null : JSON.stringify(value), { status, headers: { 'Content-Type': type } });

/** What the app sent must be as the document says. */
function checkBody({ key, body }: Route, sent: unknown) {
  if (body && sent !== undefined) expect(faultOf(body, sent), `body of ${key}`).toBeUndefined();
}

function answerOf(route: Route, value: unknown): Response | Promise<Response> {
  if (value === NEVER) return new Promise<Response>(() => undefined);
  if (value instanceof Refusal) return json(value.status, value.problem, 'application/problem+json');
  if (route.status === 204) return json(204, undefined);
  if (route.answer) expect(faultOf(route.answer, value), `answer of ${route.key} in the test`).toBeUndefined();
  return json(route.status, value);
}

/**
 * Stands in for the server. Every operation of the OpenAPI document answers with a sample of its type; `answers` say
 * otherwise, by "GET /api/v1/runs/{run_id}". Requests and answers are checked against the document.
 */
export function mockApi(answers: Record<string, Answer> = {}) {
  const sent: Sent[] = [];
  for (const key of Object.keys(answers)) {
    const [method = '', path = ''] = key.split(' ');
    expect(document.paths[path]?.[method.toLowerCase()], `${key} is in the document`).toBeDefined();
  }
  vi.stubGlobal('fetch', async (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init);
    const url = new URL(request.url);
    const route = routeOf(request.method.toLowerCase(), url.pathname);
    if (!route) return json(404, refuse(404, 'MIQ-API-003').problem, 'application/problem+json');
    const body = await bodyOf(request);
    checkBody(route, body);
    const seen = {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    sent.push(seen);
    const own = answers[route.key];
    return answerOf(route, own ? await own(seen) : route.answer && sample(route.answer));
  });
  return {
    sent,
    /** The requests of one operation. */
    of: (key: string) => sent.filter(({ method, path }) => routeOf(method.toLowerCase(), path)?.key === key),
  };
}
