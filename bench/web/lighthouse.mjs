// Lighthouse over the built app as the program serves it: sign-in, and home of somebody who is signed in, as a phone and
// as a desktop computer. Prints the median of several runs. usage: node lighthouse.mjs RUNS [PAGE]
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { pathToFileURL } from 'node:url';
import startServer from '../../frontend/e2e/server.ts';

const require = createRequire(new URL('../../build/bench/web/package.json', import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { default: lighthouse, desktopConfig } = await load('lighthouse');
const { default: puppeteer } = await load('puppeteer-core');

const statistics = new URL('../shared/statistics.js', pathToFileURL(require.resolve('lighthouse')));
const { getLogNormalScore } = await import(statistics.href);

const RUNS = Number(process.argv[2] ?? 5);
const ONLY = process.argv[3] ?? '';
const GOAL = 95;
const OWNER = { name: 'Anna Keller', email: 'anna@example.com', password: 'four grey herons over Ulm' };
const CATEGORIES = ['performance', 'accessibility', 'best-practices'];
const TIMES = {
  'first-contentful-paint': 'first paint',
  'largest-contentful-paint': 'largest paint',
  'total-blocking-time': 'blocked',
};
/** What Lighthouse makes of blocked time: its score, what that weighs, and how much slower it takes the processor to be. */
const BLOCKED = {
  id: 'total-blocking-time',
  weight: 0.3,
  mobile: { p10: 200, median: 600, slower: 4 },
  desktop: { p10: 150, median: 350, slower: 1 },
};
const LONG_MS = 50;
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];

/** What the owner's home shows: a migration that went well. */
async function furnish(url) {
  const send = async (path, body, token) => {
    const answer = await fetch(`${url}/api/v1/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : answer.json();
  };
  const token = new URL(process.env.MIQ_E2E_SETUP).hash.replace('#token=', '');
  await send('auth/setup', { token, ...OWNER });
  const { access_token } = await send('auth/login', { email: OWNER.email, password: OWNER.password });
  const post = (path, body) => send(path, body, access_token);
  await post('connections', { name: 'shop', url: 'fake:orders?rows=2000' });
  await post('connections', { name: 'crm', url: 'sqlite:folder:crm.db' });
  const { project_id } = await post('projects', { name: 'Shop to CRM' });
  const text = 'version: 1\nsource: {connection: shop}\ntarget: {connection: crm}\n';
  const { plan_id } = await post(`projects/${project_id}/plans`, { name: 'shop', text });
  for (const kind of ['rehearse', 'run']) await post('runs', { plan_id, kind });
}

/** The cookie of a session, as the browser would get it: the app itself is not loaded, so nothing of it is cached. */
async function signIn(browser, url) {
  const { email, password } = OWNER;
  const headers = { 'Content-Type': 'application/json', 'X-Client': 'web' };
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ email, password }),
  });
  const cookies = answer.headers.getSetCookie().map((line) => {
    const [, name, value, rest] = /^([^=]+)=([^;]*)(.*)$/.exec(line);
    const path = /path=([^;]+)/i.exec(rest)?.[1] ?? '/';
    return { name, value, path, domain: new URL(url).hostname, httpOnly: true, sameSite: 'Strict' };
  });
  if (!answer.ok || cookies.length === 0) throw new Error(`nobody could sign in: ${answer.status}`);
  await browser.setCookie(...cookies);
}

/** Lighthouse itself fails now and then; what it measured is not repeated. */
async function measured(...page) {
  try {
    return await measure(...page);
  } catch (error) {
    console.error(`${error.message}; once more`);
    return measure(...page);
  }
}

/** How long tasks blocked the page by what they used of a processor, not by the clock: the same on a busy machine. */
function blockedByWork(events, slower) {
  const parsed = events.find(({ name, args }) => name === 'ParseHTML' && args?.beginData?.url?.startsWith('http'));
  const painted = events.find(({ name, pid }) => name === 'firstContentfulPaint' && pid === parsed.pid);
  const tasks = events.filter(
    ({ name, pid, tid, ts, dur }) =>
      name === 'RunTask' && pid === parsed.pid && tid === parsed.tid && ts + dur > painted.ts,
  );
  return tasks.reduce((sum, { tdur = 0 }) => sum + Math.max(0, (tdur / 1000) * slower - LONG_MS), 0);
}

/** The score with blocked time by work instead of by the clock. */
function scoreByWork({ lhr, artifacts, preset }) {
  const { id, weight, [preset]: curve } = BLOCKED;
  const blocked = blockedByWork(artifacts.Trace.traceEvents, curve.slower);
  const better = getLogNormalScore(curve, blocked) - lhr.audits[id].score;
  return { blocked, score: Math.round((lhr.categories.performance.score + weight * better) * 100) };
}

/** One page in a browser of its own, so that nothing is kept from the run before. */
async function measure(url, path, preset) {
  const browser = await puppeteer.launch({
    executablePath: process.env.MIQ_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    if (path === '/') await signIn(browser, url);
    const flags = { onlyCategories: CATEGORIES, disableStorageReset: true, logLevel: 'error' };
    const { lhr, artifacts } = await lighthouse(
      url + path,
      flags,
      preset === 'desktop' ? desktopConfig : undefined,
      page,
    );
    if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
    if (!lhr.finalDisplayedUrl.endsWith(path)) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`);
    const { traceEvents } = artifacts.Trace;
    return { ...lhr, byWork: scoreByWork({ lhr, artifacts, preset }), longest: longest(traceEvents) };
  } finally {
    await browser.close();
  }
}

/** The longest tasks after the first paint: how many ms of a processor, and what they did. */
function longest(events) {
  const parsed = events.find(({ name, args }) => name === 'ParseHTML' && args?.beginData?.url?.startsWith('http'));
  const same = events.filter(({ pid, tid, tdur }) => pid === parsed.pid && tid === parsed.tid && tdur > 0);
  const tasks = same.filter(({ name }) => name === 'RunTask').toSorted((a, b) => b.tdur - a.tdur);
  return tasks.slice(0, 12).map((task) => {
    const parts = same
      .filter(({ name, ts, dur }) => name !== 'RunTask' && ts >= task.ts && ts + dur <= task.ts + task.dur)
      .toSorted((a, b) => b.tdur - a.tdur)
      .slice(0, 5)
      .map(({ name, tdur, args }) => {
        const of = args?.data?.url ?? args?.data?.functionName ?? args?.data?.type ?? '';
        return `${name} ${Math.round(tdur / 1000)} ${of.split('/').at(-1)}`;
      });
    return `${Math.round(task.tdur / 1000)} ms: ${parts.join(', ')}`;
  });
}

/** What one run's score is made of. */
function eachOf({ categories, audits }) {
  const parts = categories.performance.auditRefs.filter(({ weight }) => weight > 0);
  const told = parts.map(({ id, acronym }) => `${acronym} ${audits[id].score} (${audits[id].displayValue})`);
  return `${Math.round(categories.performance.score * 100)}: ${told.join(', ')}`;
}

function tell(name, reports) {
  const score = (id) => median(reports.map(({ categories }) => Math.round(categories[id].score * 100)));
  const time = (id) => Math.round(median(reports.map(({ audits }) => audits[id].numericValue)));
  const scores = CATEGORIES.map((id) => score(id));
  const times = Object.entries(TIMES).map(([id, said]) => `${said} ${time(id)} ms`);
  const work = (key) => Math.round(median(reports.map(({ byWork }) => byWork[key])));
  const missed = scores.some((each) => each < GOAL) ? '  MISSED' : '';
  console.log(
    `${name.padEnd(18)} ${scores.map((each) => String(each).padStart(3)).join(' / ')}   ${times.join(', ')}${missed}`,
  );
  console.log(`${' '.repeat(19)}${String(work('score')).padStart(3)} by processor time: blocked ${work('blocked')} ms`);
  if (process.env.MIQ_DETAILS) {
    for (const each of reports) console.log(`    ${eachOf(each)}`);
    const { audits } = reports[0];
    for (const { id, score: of, displayValue = '', scoreDisplayMode } of Object.values(audits))
      if (of !== null && of < 0.9 && scoreDisplayMode !== 'informative') console.log(`    ${id} ${displayValue}`);
    for (const task of reports[0].longest) console.log(`    ${task}`);
    console.log(`    ${JSON.stringify(audits['lcp-breakdown-insight']?.details?.items?.[1])}`);
  }
}

const stop = await startServer();
try {
  const url = process.env.MIQ_E2E_URL;
  await furnish(url);
  console.log(`${CATEGORIES.join(' / ')}, median of ${RUNS}; load ${loadavg()[0].toFixed(1)}`);
  for (const [page, path] of [
    ['sign-in', '/sign-in'],
    ['home', '/'],
  ]) {
    for (const preset of ['mobile', 'desktop']) {
      if (!`${page}, ${preset}`.startsWith(ONLY)) continue;
      const reports = [];
      for (let run = 0; run < RUNS; run += 1) reports.push(await measured(url, path, preset));
      tell(`${page}, ${preset}`, reports);
    }
  }
} finally {
  await stop();
}
