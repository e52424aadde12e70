import type { Schema } from '@/lib/api/client';

type Document = Schema<'ImportedProject'>;

/** What a file holds that a project can be made of. */
export type Found =
  | { kind: 'document'; document: Document; needs: string[] }
  | { kind: 'plan'; name: string; text: string; source: string | undefined; target: string | undefined };

const isDocument = (value: unknown): value is Document =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'plans' in value &&
  Array.isArray(value.plans);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The connection that a plan file names at one end; nothing where it has an address instead. */
export function connectionAt(text: string, end: 'source' | 'target') {
  const value = parsed(text) as Partial<Record<typeof end, { connection?: string }>> | undefined;
  if (value) return value[end]?.connection;
  const block = new RegExp(`^\\s*"?${end}"?:\\s*(\\{[^}]*\\}|(?:\\n[ \\t]+[^\\n]*)+)`, 'm').exec(text)?.[1] ?? '';
  return /(?:^|[\s{,"])connection"?:\s*["']?([^"',}\n]+)/.exec(block)?.[1]?.trim();
}

/** An export says what it is; everything else is taken for a plan file, which the server reads. */
export function readFile(name: string, text: string): Found {
  const value = parsed(text);
  if (isDocument(value)) {
    const named = (value.connections ?? []).map((connection) => connection.name);
    const used = (value.plans ?? []).flatMap((plan) => [
      connectionAt(plan.text, 'source'),
      connectionAt(plan.text, 'target'),
    ]);
    const needs = [...new Set([...named, ...used.filter((each) => each !== undefined)])];
    return { kind: 'document', document: value, needs };
  }
  return {
    kind: 'plan',
    name: name.replace(/\.[^.]*$/, ''),
    text,
    source: connectionAt(text, 'source'),
    target: connectionAt(text, 'target'),
  };
}
