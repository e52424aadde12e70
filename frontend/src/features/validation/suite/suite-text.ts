import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

/** Why a check was proposed, as the server wrote it above the check: nobody has decided about it yet. */
export interface Remark {
  confidence: number;
  reason: string;
}

/** One check of a suite's text. */
export interface Check {
  /** Its place among the checks. */
  at: number;
  members: Readonly<Record<string, unknown>>;
  remark: Remark | undefined;
}

export interface Suite {
  name: string;
  attach: string;
  checks: Check[];
}

const REMARK = /^\s*([01]\.\d\d): (.*)$/;

function remarkOf(map: YAMLMap): Remark | undefined {
  const found = REMARK.exec(map.commentBefore ?? '');
  return found ? { confidence: Number(found[1]), reason: found[2] ?? '' } : undefined;
}

/** The checks of a document; a comment above the first one belongs to it, and not to all. */
function checksOf(document: Document): YAMLSeq | undefined {
  const checks = document.get('checks');
  if (!isSeq(checks)) return undefined;
  const first = checks.items[0];
  if (isMap(first) && checks.commentBefore && !first.commentBefore) {
    first.commentBefore = checks.commentBefore;
    checks.commentBefore = null;
  }
  return checks;
}

function parse(text: string): Document | undefined {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  // What was JSON is written as YAML from here on: half of each would be neither.
  return text.trimStart().startsWith('{') ? new Document(document.toJS()) : document;
}

const write = (document: Document) => document.toString({ lineWidth: 0, flowCollectionPadding: false });
const textOf = (value: unknown) => (typeof value === 'string' ? value : '');

/** The suite that a text is; nothing when it cannot be read. */
export function readSuite(text: string): Suite | undefined {
  const document = parse(text);
  if (!document) return undefined;
  const items = checksOf(document)?.items ?? [];
  return {
    name: textOf(document.get('name')),
    attach: textOf(document.get('attach')) || 'source',
    checks: items.flatMap((item, at) =>
      isMap(item) ? [{ at, members: item.toJSON() as Record<string, unknown>, remark: remarkOf(item) }] : [],
    ),
  };
}

function change(text: string, edit: (checks: YAMLSeq, document: Document) => void): string {
  const document = parse(text);
  if (!document) return text;
  if (!checksOf(document)) document.set('checks', document.createNode([]));
  const checks = checksOf(document);
  if (checks) {
    checks.flow = false;
    edit(checks, document);
  }
  return write(document);
}

/** The text with other members of a check; those that are `undefined` go, those not named stay as they are. */
export function setCheck(text: string, at: number | undefined, members: Record<string, unknown>): string {
  return change(text, (checks, document) => {
    const found = at === undefined ? undefined : checks.items[at];
    const map = isMap(found) ? found : (document.createNode({}) as YAMLMap);
    if (!isMap(found)) {
      map.flow = false;
      checks.add(map);
    }
    for (const [name, value] of Object.entries(members)) {
      if (value === undefined) map.delete(name);
      else if (JSON.stringify(map.toJSON()[name] as unknown) !== JSON.stringify(value))
        map.set(name, document.createNode(value));
    }
  });
}

export function removeCheck(text: string, at: number): string {
  return change(text, (checks) => {
    checks.items.splice(at, 1);
  });
}

export type Decision = 'accept' | 'leave';

/** Proposals that are accepted say from now on in their description why they are there; the others go. */
export function decide(text: string, decisions: ReadonlyMap<number, Decision>): string {
  return change(text, (checks) => {
    checks.items = checks.items.filter((item, at) => {
      const decision = decisions.get(at);
      if (!isMap(item) || decision === undefined) return true;
      const remark = remarkOf(item);
      item.commentBefore = null;
      if (remark && !item.has('description')) item.set('description', remark.reason);
      return decision === 'accept';
    });
  });
}
