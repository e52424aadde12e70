// src/lib/api/schema.ts: the types of the API, from docs/api/openapi.json; made anew only when that changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const source = new URL('../../docs/api/openapi.json', import.meta.url);
const target = new URL('../src/lib/api/schema.ts', import.meta.url);
const mark = `// from docs/api/openapi.json ${createHash('sha256').update(readFileSync(source)).digest('hex')}\n`;

if (!existsSync(target) || !readFileSync(target, 'utf8').startsWith(mark)) {
  const { default: openapiTS, astToString } = await import('openapi-typescript');
  writeFileSync(target, mark + astToString(await openapiTS(source)));
}
