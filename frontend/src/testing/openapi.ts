import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** The checked-in document of the API, as the mock answers by it. */
export interface JsonSchema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  anyOf?: JsonSchema[];
  minLength?: number;
  minimum?: number;
}

interface Content {
  content?: Record<string, { schema?: JsonSchema }>;
}
export interface Operation {
  operationId: string;
  requestBody?: Content;
  responses: Record<string, Content>;
}

interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
}

export const document = JSON.parse(readFileSync('../docs/api/openapi.json', 'utf8')) as Document;

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema({ $id: 'api', components: document.components });
const absolute = (schema: JsonSchema) => JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')) as JsonSchema;

/** What is wrong with a value; nothing when it is as the document says. */
export function faultOf(schema: JsonSchema, value: unknown): string | undefined {
  const check = ajv.compile(absolute(schema));
  return check(value) ? undefined : ajv.errorsText(check.errors);
}

const STRINGS: Record<string, string> = {
  'date-time': '2026-05-04T03:02:01Z',
  email: 'anna@example.com',
  uuid: '018f0000-0000-7000-8000-000000000000',
};

export const resolve = (schema: JsonSchema): JsonSchema =>
  schema.$ref ? resolve(document.components.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}) : schema;

const kindOf = ({ type, properties }: JsonSchema) => (Array.isArray(type) ? type[0] : type) ?? (properties && 'object');

/** A value as the schema wants it: required members only, lists empty, the first of each choice. */
export function sample(given: JsonSchema): unknown {
  const schema = resolve(given);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  if (schema.anyOf?.[0]) return sample(schema.anyOf[0]);
  switch (kindOf(schema)) {
    case 'object': {
      const names = schema.required ?? [];
      return Object.fromEntries(names.map((name) => [name, sample(schema.properties?.[name] ?? {})]));
    }
    case 'array':
      return [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return false;
    case 'string':
      return STRINGS[schema.format ?? ''] ?? 'text'.padEnd(schema.minLength ?? 0, '-');
    default:
      return null;
  }
}

const bodyOf = ({ content }: Content) => Object.values(content ?? {})[0]?.schema;

export interface Route {
  operation: Operation;
  key: string;
  status: number;
  answer: JsonSchema | undefined;
  body: JsonSchema | undefined;
}

/** The operation of a request: "get", "/api/v1/runs/7". Paths without parameters win. */
export function routeOf(method: string, path: string): Route | undefined {
  const fits = (template: string) => new RegExp(`^${template.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`).test(path);
  const found = Object.keys(document.paths)
    .filter((template) => fits(template) && document.paths[template]?.[method])
    .sort((a, b) => a.split('{').length - b.split('{').length)[0];
  const operation = found && document.paths[found]?.[method];
  if (!operation) return undefined;
  const [status = '200', answer = {}] =
    Object.entries(operation.responses).find(([code]) => code.startsWith('2')) ?? [];
  return {
    operation,
    key: `${method.toUpperCase()} ${found}`,
    status: Number(status),
    answer: bodyOf(answer),
    body: operation.requestBody && bodyOf(operation.requestBody),
  };
}
