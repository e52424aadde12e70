import { expect, it } from 'vitest';
import { list, mockApi } from '@/testing/mock-api';
import { client } from './client';

/** All that goes on without a further step of the browser. */
async function sameStep() {
  for (let times = 0; times < 100; times += 1) await Promise.resolve();
}

it('begins each question in a step of its own, a change at once', async () => {
  const api = mockApi({
    'GET /api/v1/projects': () => list(),
    'POST /api/v1/auth/ws-ticket': () => ({ ticket: 't', expires_in: 30 }),
  });
  const asked = client.GET('/api/v1/projects');
  const changed = client.POST('/api/v1/auth/ws-ticket');
  await sameStep();
  expect(api.of('GET /api/v1/projects')).toHaveLength(0);
  expect(api.of('POST /api/v1/auth/ws-ticket')).toHaveLength(1);
  await Promise.all([asked, changed]);
  expect(api.of('GET /api/v1/projects')).toHaveLength(1);
});
