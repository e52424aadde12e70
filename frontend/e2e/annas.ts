import type { Page } from '@playwright/test';
import { ANNA, expect } from './app';

type Answer = Record<string, string>;
export interface Post {
  (path: string, data: object, status?: number): Promise<Answer>;
  get: (path: string) => Promise<Answer>;
  list: (path: string) => Promise<Answer[]>;
}

/** Anna's API: what the page would have done, where the test is not about it. Works when the page is offline too. */
export async function annas(page: Page): Promise<Post> {
  const answer = await page.request.post('/api/v1/auth/login', {
    data: { email: ANNA.email, password: ANNA.password },
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const headers = { Authorization: `Bearer ${access_token}` };
  const post = async (path: string, data: object, status = 201) => {
    const made = await page.request.post(`/api/v1/${path}`, { data, headers });
    expect(made.status(), await made.text()).toBe(status);
    return (await made.json()) as Answer;
  };
  const get = async <Body = Answer>(path: string) =>
    (await (await page.request.get(`/api/v1/${path}`, { headers })).json()) as Body;
  return Object.assign(post, { get, list: async (path: string) => (await get<{ items: Answer[] }>(path)).items });
}
