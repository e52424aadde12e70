import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

const SERVER = process.env.MIQ_TEST_POSTGRES ?? '';

/** tools/test_servers.sh starts one and says where it is. */
export const hasPostgres = SERVER !== '';

function ask(database: string, sql: string) {
  const { hostname, port, username, password } = new URL(SERVER);
  const where = ['-h', hostname, '-p', port, '-U', decodeURIComponent(username), '-d', database];
  return execFileSync('psql', ['-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1', ...where, '-c', sql], {
    encoding: 'utf8',
    env: { ...process.env, PGPASSWORD: decodeURIComponent(password) },
  }).trim();
}

/** An empty database of its own; what is in it is asked by psql, not by the program that is tested. */
export function makePostgres(prefix: string) {
  const database = `${prefix}_${randomBytes(4).toString('hex')}`;
  ask('postgres', `CREATE DATABASE ${database}`);
  const url = new URL(SERVER);
  url.pathname = database;
  return {
    url: url.href,
    host: url.hostname,
    port: url.port,
    database,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    tables: () => Number(ask(database, `SELECT count(*) FROM pg_tables WHERE schemaname = 'public'`)),
    rows: (table: string) => Number(ask(database, `SELECT count(*) FROM "${table}"`)),
  };
}
