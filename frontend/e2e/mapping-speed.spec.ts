import type { Page, Route } from '@playwright/test';
import { annas } from './annas';
import { expect, signIn, test } from './app';

const COLUMNS = 5000;
const TABLES = 10;
const PAGE = 200;
const MATCHING = 'speed';
/** Only where figures are wanted: `./dev bench web`. A test says whether it works, on however busy a machine. */
const MEASURES = Boolean(process.env.MIQ_BENCH);
const ROUNDS = MEASURES ? 4 : 1;
const GOAL_MS = 100;

const widthOf = COLUMNS / TABLES;
const tables = Array.from({ length: TABLES }, (_, table) => ({
  number: table + 1,
  source_table: `LEGACY_${String(table)}`,
  target_table: `table_${String(table)}`,
  confidence: 0.9,
  target_columns: Array.from({ length: widthOf }, (_, column) => `target_${String(table * widthOf + column)}`),
}));
const suggestions = Array.from({ length: COLUMNS }, (_, at) => ({
  number: at + 1,
  table_number: Math.floor(at / widthOf) + 1,
  source_column: `SRC_${String(at)}`,
  target_column: `target_${String(at)}`,
  confidence: 0.5 + (at % 50) / 100,
  sure: at % 3 > 0,
  evidence: ['name', 'values', 'type', 'rival'].map((signal) => ({
    signal,
    score: 0.9,
    text: `what speaks for ${signal}`,
  })),
  alternatives: [0, 1, 2].map((other) => ({
    target_column: `target_${String(at + other)}`,
    confidence: 0.9 - other / 4,
  })),
  decision: 'open',
}));

/** A matching of five thousand columns: no two real databases are matched for that within a test. */
async function serveMany(page: Page, project_id: string) {
  const matching = {
    matching_id: MATCHING,
    project_id,
    name: 'many',
    state: 'succeeded',
    source_connection_id: 'a',
    target_connection_id: 'b',
    source_connection: 'a',
    target_connection: 'b',
    options: { source_tables: [], target_tables: [], rows: 1000 },
    created_by: 'anna',
    created_by_name: 'Anna',
    created_at: '2026-05-04T03:02:01Z',
  };
  const json = (value: unknown) => (route: Route) => route.fulfill({ json: value });
  await page.route(`**/api/v1/projects/${project_id}/matchings*`, json({ items: [matching] }));
  await page.route(`**/api/v1/matchings/${MATCHING}`, json(matching));
  await page.route(`**/api/v1/matchings/${MATCHING}/tables`, json({ items: tables }));
  await page.route(`**/api/v1/matchings/${MATCHING}/suggestions?*`, (route) => {
    const from = Number(new URL(route.request().url()).searchParams.get('cursor') ?? 0);
    const next = from + PAGE < COLUMNS ? String(from + PAGE) : undefined;
    return route.fulfill({ json: { items: suggestions.slice(from, from + PAGE), next } });
  });
  await page.route(`**/api/v1/matchings/${MATCHING}/suggestions/*/decision`, (route) => {
    const number = Number(/suggestions\/(\d+)\//.exec(route.request().url())?.[1]);
    const one = suggestions[number - 1];
    const { decision } = route.request().postDataJSON() as { decision: string };
    return route.fulfill({ json: { ...one, decision, decided_at: new Date().toISOString() } });
  });
}

/** Two hundred updates a second besides what the server says, and five decisions of somebody else. */
async function beNoisy(page: Page, project_id: string) {
  await page.routeWebSocket(/\/api\/v1\/ws/, (socket) => {
    socket.connectToServer();
    let count = 0;
    const timer = setInterval(() => {
      for (let each = 0; each < 4; each += 1) {
        count += 1;
        const decided = count % 40 === 0;
        const data = decided
          ? { matching_id: MATCHING, number: 1 + (count % COLUMNS), by: 'ben' }
          : { rows_done: count };
        const type = decided ? 'matching.decided' : 'run.progress';
        socket.send(JSON.stringify({ is: 'event', topic: `project:${project_id}`, sequence: 0, type, data }));
      }
    }, 20);
    socket.onClose(() => {
      clearInterval(timer);
    });
  });
}

/** How long each interaction took until it was painted, as the browser measures it. */
async function measured(page: Page, what: () => Promise<void>) {
  await page.evaluate(() => {
    const all: number[] = [];
    Object.assign(window, { durations: all });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId) all.push(entry.duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  await what();
  await page.waitForTimeout(300);
  const all = await page.evaluate(() => (window as unknown as { durations: number[] }).durations);
  return all.sort((a, b) => a - b);
}
/** As bench/web/reporter.mjs prints it. */
const said = (what: string, sorted: readonly number[]) =>
  `${what.padEnd(8)} median ${String(at(sorted, 0.5))} ms, 90 % within ${String(at(sorted, 0.9))} ms, longest ${String(at(sorted, 1))} ms, ` +
  `over ${String(GOAL_MS)} ms: ${String(sorted.filter((each) => each > GOAL_MS).length)} of ${String(sorted.length)}`;
const at = (sorted: readonly number[], share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;

async function press(page: Page, key: string, times: number) {
  for (let each = 0; each < times; each += 1) {
    await page.keyboard.press(key);
    await page.waitForTimeout(30);
  }
}

test('five thousand columns are steered by keys and wheel while 200 updates a second arrive', async ({ page }) => {
  test.setTimeout(180_000 * ROUNDS);
  const post = await annas(page);
  const { project_id = '' } = await post('projects', { name: 'Many columns' });
  await signIn(page);
  await serveMany(page, project_id);
  await beNoisy(page, project_id);
  await page.goto(`/projects/${project_id}/mapping`);
  await expect(page.getByText(`Decided: 0 of ${String(COLUMNS)}`)).toBeVisible();
  expect(await page.getByRole('listbox').getByRole('option').count()).toBeLessThan(60);

  await expect(page.getByRole('listbox').getByText('SRC_0', { exact: true })).toHaveCount(1);
  const keys = await measured(page, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      await press(page, 'ArrowDown', 25);
      await press(page, 'Enter', 15);
      await press(page, 'u', 5);
      await press(page, 'PageDown', 10);
    }
  });
  const list = page.getByRole('listbox');
  await list.hover();
  const scrolls = await measured(page, async () => {
    for (let times = 0; times < 20 * ROUNDS; times += 1) {
      await page.mouse.wheel(0, 4000);
      await page.waitForTimeout(30);
      await list.click({ position: { x: 60, y: 100 } });
    }
  });
  for (const description of [said('keys', keys), said('scrolls', scrolls)])
    test.info().annotations.push({ type: 'figures', description });
  expect(keys.length).toBeGreaterThan(20);
  expect(scrolls.length).toBeGreaterThan(0);
  await expect(list.getByText('SRC_0', { exact: true })).toHaveCount(0);
  expect(await list.getByRole('option').count()).toBeLessThan(60);
  if (!MEASURES) return;
  expect(at(keys, 0.9)).toBeLessThan(GOAL_MS);
  expect(at(scrolls, 0.9)).toBeLessThan(GOAL_MS);
});
