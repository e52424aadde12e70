import { copyFileSync, chmodSync, existsSync } from 'node:fs';
import path from 'node:path';
import { annas } from './annas';
import { DATA_FOLDER, expect, signIn, test } from './app';
import { makeProject, rehearse, runAndProve, undo } from './migrate';
import { hasPostgres, makePostgres } from './postgres';

const TABLES = 11;
const SONGS = 3503;

/** The music shop's file: MIQ_DATASETS or MIQ_SHARED say where data sets are, else they stand beside the clone. */
function chinook() {
  const beside = ['../..', '../../..', '../../../..'].map((up) =>
    path.join(import.meta.dirname, up, 'shared/datasets'),
  );
  const named = [process.env.MIQ_DATASETS, process.env.MIQ_SHARED && path.join(process.env.MIQ_SHARED, 'datasets')];
  const places = [...named, ...beside].filter((each) => each !== undefined && each !== '');
  return places.map((each) => path.join(String(each), 'chinook/chinook.sqlite')).find((file) => existsSync(file));
}

test('Chinook is migrated to PostgreSQL, proven table by table, and undone', async ({ page }) => {
  const file = chinook();
  test.skip(!file, 'the data set Chinook is not here: MIQ_SHARED names the folder above datasets');
  test.skip(!hasPostgres, 'MIQ_TEST_POSTGRES names no server');
  const copy = path.join(DATA_FOLDER(), 'chinook.db');
  copyFileSync(file ?? '', copy);
  chmodSync(copy, 0o644);
  const target = makePostgres('chinook');
  const post = await annas(page);
  await post('connections', { name: 'music', url: 'sqlite:folder:chinook.db' });
  await post('connections', { name: 'music-new', url: target.url });
  await signIn(page);

  await makeProject(page, { name: 'Chinook', source: 'music', target: 'music-new', plan: 'chinook' });
  await rehearse(page);
  expect(target.tables()).toBe(0);
  await runAndProve(page, TABLES);
  expect(target.tables()).toBe(TABLES);
  expect(target.rows('Track')).toBe(SONGS);
  await undo(page, 'Track');
  expect(target.tables()).toBe(0);
});
