/** What can be asked for about a connection, and how that becomes its URL. */
export type Address = Record<
  'host' | 'port' | 'database' | 'user' | 'password' | 'tls' | 'schema' | 'path' | 'file' | 'shape' | 'rows' | 'url',
  string
>;

export type KindId = 'postgresql' | 'mysql' | 'sqlite' | 'csv' | 'jsonl' | 'parquet' | 'fake' | 'assert' | 'url';

export interface Kind {
  id: KindId;
  /** Which of its fields are asked for. */
  form: 'server' | 'file' | 'shape' | 'nothing' | 'url';
  port?: string;
  /** Parameter for encryption, with its choices from weak to strong. */
  tls?: { parameter: string; modes: readonly string[] };
  schema?: boolean;
}

export const KINDS: readonly Kind[] = [
  {
    id: 'postgresql',
    form: 'server',
    port: '5432',
    schema: true,
    tls: { parameter: 'sslmode', modes: ['prefer', 'require', 'verify-full'] },
  },
  {
    id: 'mysql',
    form: 'server',
    port: '3306',
    tls: { parameter: 'ssl-mode', modes: ['PREFERRED', 'REQUIRED', 'VERIFY_IDENTITY'] },
  },
  { id: 'sqlite', form: 'file' },
  { id: 'csv', form: 'file' },
  { id: 'jsonl', form: 'file' },
  { id: 'parquet', form: 'file' },
  { id: 'fake', form: 'shape' },
  { id: 'assert', form: 'nothing' },
  { id: 'url', form: 'url' },
];

export const SHAPES = ['lineitem', 'orders', 'ugly', 'wide', 'legacy'] as const;

export const EMPTY_ADDRESS: Address = {
  host: '',
  port: '',
  database: '',
  user: '',
  password: '',
  tls: '',
  schema: '',
  path: '',
  file: '',
  shape: 'lineitem',
  rows: '10000',
  url: '',
};

const hostOf = (host: string) => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);

function serverUrl(kind: Kind, { host, port, database, user, password, tls, schema }: Address) {
  const login = user && `${encodeURIComponent(user)}${password && `:${encodeURIComponent(password)}`}@`;
  const query = new URLSearchParams();
  if (kind.schema && schema.trim()) query.set('schema', schema.trim());
  if (kind.tls && tls) query.set(kind.tls.parameter, tls);
  const asked = query.size > 0 ? `?${query.toString()}` : '';
  return `${kind.id}://${login}${hostOf(host.trim())}:${port.trim() || (kind.port ?? '')}/${encodeURIComponent(database.trim())}${asked}`;
}

/** The URL that the server is given. */
export function urlOf(kind: Kind, address: Address): string {
  if (kind.form === 'server') return serverUrl(kind, address);
  if (kind.form === 'file')
    return address.file ? `${kind.id}:upload:${address.file}` : `${kind.id}:folder:${address.path.trim()}`;
  if (kind.form === 'shape') return `fake:${address.shape}?rows=${encodeURIComponent(address.rows.trim())}`;
  return kind.form === 'nothing' ? 'assert:' : address.url.trim();
}

/** What must be filled in. */
export function requiredOf(kind: Kind, address: Address): (keyof Address)[] {
  if (kind.form === 'server') return ['host', 'database'];
  if (kind.form === 'file') return address.file ? [] : ['path'];
  if (kind.form === 'shape') return ['rows'];
  return kind.form === 'url' ? ['url'] : [];
}
