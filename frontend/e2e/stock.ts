import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Post } from './annas';
import { DATA_FOLDER, expect } from './app';
import { BINARY } from './server';

const DEMO = path.join(import.meta.dirname, '../../examples/demo');
const SUITE = `version: 1
name: Customers
attach: target
owner: data team
checks:
  - {kind: row_count, table: customers, min: 1}
  - {kind: unique, table: customers, column: id}
  - {kind: completeness, table: customers, column: email, min: 95%}
  - {kind: range, table: customers, column: credit_limit, min: 0, max: 9000}
  - {kind: in, table: customers, column: country, values: [DE, AT, CH], tolerance: 5%}
`;

/** The ids that addresses of pages want, by the name that stands for them there: `:project` and so on. */
export type Places = Record<string, string>;
const file = () => path.join(path.dirname(DATA_FOLDER()), 'places.json');
export const places = () => JSON.parse(readFileSync(file(), 'utf8')) as Places;

/** The demo's database, as examples/demo/run.sh makes it. */
function makeOldShop(rows: number) {
  const name = path.join(DATA_FOLDER(), 'old-shop.db');
  const database = new DatabaseSync(name);
  database.exec(readFileSync(path.join(DEMO, 'legacy.sql'), 'utf8'));
  database.close();
  const source = `fake:legacy?seed=7&rows=${String(rows)}`;
  const options = ['--schema', 'reuse', '--verify', 'counts', '--yes', '--quiet', '--json'];
  const state = path.join(path.dirname(DATA_FOLDER()), 'stock');
  execFileSync(BINARY, ['copy', source, `sqlite:${name}`, ...options, '--state', state]);
}

const planOf = (source: string, target: string) =>
  readFileSync(path.join(DEMO, 'plan.yaml'), 'utf8')
    .replace(/^source: .*$/m, `source: {connection: ${source}}`)
    .replace(/^target: .*$/m, `target: {connection: ${target}}`);

/** Waits until a worker is through with it. */
async function over(post: Post, address: string) {
  const state = async () => (await post.get(address)).state ?? '';
  await expect.poll(state, { timeout: 120_000 }).toMatch(/^(succeeded|failed|cancelled)$/);
}

async function migrateShop(post: Post, project: string) {
  const { plan_id: plan = '' } = await post(`projects/${project}/plans`, {
    name: 'Old shop',
    text: planOf('old-shop', 'new-shop'),
  });
  const start = async (kind: string) => {
    const { run_id = '' } = await post('runs', { plan_id: plan, kind });
    await over(post, `runs/${run_id}`);
    return run_id;
  };
  const rehearsal = await start('rehearse');
  return { plan, rehearsal, run: await start('run') };
}

async function lookAtShop(post: Post, project: string, source: string, target: string) {
  const { analysis_id: analysis = '' } = await post(`connections/${source}/analyses`, {
    project_id: project,
    name: 'Before the move',
    target: 'postgresql',
  });
  const { matching_id: matching = '' } = await post(`projects/${project}/matchings`, {
    source_connection_id: source,
    target_connection_id: target,
    name: 'Old to new',
  });
  const { suite_id: suite = '' } = await post('suites', {
    name: 'Customers',
    project_id: project,
    target_connection_id: target,
    text: SUITE,
  });
  const { check_run_id: checkRun = '' } = await post(`suites/${suite}/check-runs`, {});
  const { suite_id: proposal = '' } = await post(
    `connections/${source}/suite-proposals`,
    { name: 'Proposed', project_id: project, tables: ['TBL_CUST'] },
    202,
  );
  await over(post, `analyses/${analysis}`);
  await over(post, `matchings/${matching}`);
  await over(post, `check-runs/${checkRun}`);
  return { analysis, matching, suite, checkRun, proposal };
}

/** What administrators and operators make. */
async function furnish(post: Post, plan: string, connection: string) {
  const { team_id: team = '' } = await post('teams', { name: 'Cutover crew' });
  const me = await post.get('me');
  await post(`teams/${team}/members`, { user_id: me.user_id });
  const { channel } = (await post('notification-channels', {
    kind: 'webhook',
    name: 'Night shift',
    target: 'https://hooks.example.com/night',
  })) as unknown as { channel: { channel_id: string } };
  const { schedule_id: schedule = '' } = await post('schedules', {
    plan_id: plan,
    name: 'Every night',
    kind: 'rehearse',
    cron: '0 2 * * *',
    time_zone: 'Europe/Berlin',
  });
  await post('maintenance-windows', {
    connection_id: connection,
    name: 'Nights only',
    mode: 'allow',
    cron: '0 22 * * *',
    time_zone: 'Europe/Berlin',
    minutes: 480,
  });
  await post('roles', { name: 'Reviewer', text: 'Reads everything, decides nothing', permissions: ['projects.read'] });
  await post('invitations', { email: 'clara@example.com', roles: ['admin'] });
  await post('feature-flags', {
    name: 'new-report',
    text: 'The report in its new shape',
    enabled: true,
    percentage: 20,
  });
  await post('api-keys', { name: 'Nightly job', permissions: ['runs.read'] });
  return { team, channel: channel.channel_id, schedule };
}

/** The demo as a server has it after some days: migrated, analysed, matched, checked, and run by a team. */
export async function stockUp(post: Post, rows: number) {
  makeOldShop(rows);
  const connect = async (name: string, url: string) => (await post('connections', { name, url })).connection_id ?? '';
  const source = await connect('old-shop', 'sqlite:folder:old-shop.db');
  const target = await connect('new-shop', 'sqlite:folder:new-shop.db');
  const { project_id: project = '' } = await post('projects', {
    name: 'Old shop to new shop',
    description: 'The shop of 1998 moves into its new house.',
  });
  const migrated = await migrateShop(post, project);
  const looked = await lookAtShop(post, project, source, target);
  const furnished = await furnish(post, migrated.plan, target);
  await post(`projects/${project}/comments`, { text: 'The old dates look odd: who knows why?' });
  const shop = (await post.list('projects?search=Shop')).find(({ name }) => name === 'Shop to CRM');
  const [{ plan_id: walked = '' } = {}] = await post.list(`projects/${shop?.project_id ?? ''}/plans`);
  const made: Places = { project, walked, connection: source, ...migrated, ...looked, ...furnished };
  writeFileSync(file(), JSON.stringify(made));
}
