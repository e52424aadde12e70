"use strict";

// The API's own page: reads openapi.json, lists operations and schemas, and sends requests with the token given.
// The token stays in its input field; nothing is kept.

let api;

function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key in node) node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

const nameOf = (reference) => reference.split("/").pop();
const resolve = (schema) => (schema && schema.$ref ? api.components.schemas[nameOf(schema.$ref)] : schema) || {};

function describe(schema) {
  if (!schema) return "";
  if (schema.$ref) return nameOf(schema.$ref);
  if (schema.anyOf) return schema.anyOf.map(describe).join(" or ");
  if (schema.type === "array") return `list of ${describe(schema.items)}`;
  if (schema.type === "object" && schema.additionalProperties) return `map of ${describe(schema.additionalProperties)}`;
  const limits = ["format", "minLength", "maxLength", "minimum", "maximum", "pattern"].filter((key) => key in schema);
  const text = limits.map((key) => `${key} ${schema[key]}`).join(", ");
  return (schema.type || "any") + (text ? ` (${text})` : "");
}

function example(schema, depth = 0) {
  const plain = resolve(schema);
  if (depth > 6) return null;
  if (plain.enum) return plain.enum[0];
  if (plain.anyOf) return example(plain.anyOf[0], depth + 1);
  switch (plain.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(plain.properties || {})
          .filter(([name]) => (plain.required || []).includes(name))
          .map(([name, member]) => [name, example(member, depth + 1)]),
      );
    case "array": return [];
    case "integer":
    case "number": return plain.minimum > 0 ? plain.minimum : 0;
    case "boolean": return false;
    case "string": return plain.format === "date-time" ? new Date().toISOString() : "";
    default: return null;
  }
}

function table(head, rows) {
  const cells = (kind, texts) => element("tr", {}, ...texts.map((text) => element(kind, {}, text)));
  return element("table", {}, element("thead", {}, cells("th", head)),
                 element("tbody", {}, ...rows.map((row) => cells("td", row))));
}

function schemaTable(schema) {
  if (schema.enum) return element("p", {}, schema.enum.join(", "));
  const required = new Set(schema.required || []);
  const rows = Object.entries(schema.properties || {}).map(([name, member]) =>
    [name, describe(member), required.has(name) ? "required" : ""]);
  return rows.length ? table(["field", "type", ""], rows) : element("p", {}, describe(schema));
}

function accessText(operation) {
  const permission = operation["x-permission"] || operation["x-access"];
  return operation["x-step-up"] ? `${permission}, step-up` : permission;
}

const jsonBody = (operation) => operation.requestBody?.content?.["application/json"]?.schema;

function targetOf(path, fields) {
  let target = path;
  const query = new URLSearchParams();
  for (const { parameter, input } of fields) {
    if (parameter.in === "path") target = target.replace(`{${parameter.name}}`, encodeURIComponent(input.value));
    if (parameter.in === "query" && input.value !== "") query.set(parameter.name, input.value);
  }
  return query.size ? `${target}?${query}` : target;
}

function headersOf(fields, body) {
  const headers = {};
  const token = document.getElementById("token").value.trim();
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  for (const { parameter, input } of fields) {
    if (parameter.in === "header" && input.value !== "") headers[parameter.name] = input.value;
  }
  return headers;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

async function send(method, path, fields, body, output) {
  output.textContent = "...";
  try {
    const answer = await fetch(targetOf(path, fields), {
      method: method.toUpperCase(), headers: headersOf(fields, body), body: body || undefined, credentials: "omit",
    });
    const shown = ["etag", "location", "retry-after", "x-request-id"]
      .filter((name) => answer.headers.has(name)).map((name) => `${name}: ${answer.headers.get(name)}\n`).join("");
    output.textContent = `${answer.status} ${answer.statusText}\n${shown}\n${pretty(await answer.text())}`;
  } catch (error) {
    output.textContent = String(error);
  }
}

function form(method, path, operation) {
  const fields = (operation.parameters || []).map((parameter) => ({
    parameter, input: element("input", { required: parameter.required, spellcheck: false }),
  }));
  const schema = jsonBody(operation);
  const body = schema
    ? element("textarea", { spellcheck: false, value: JSON.stringify(example(schema), null, 2) })
    : null;
  const output = element("pre", { hidden: true, ariaLive: "polite" });
  const node = element("form", {},
    ...fields.map(({ parameter, input }) =>
      element("label", {}, `${parameter.name} (${parameter.in}, ${describe(parameter.schema)}) `, input)),
    body && element("label", {}, `body: ${describe(schema)}`, body),
    element("button", { type: "submit" }, "Send"), output);
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    output.hidden = false;
    send(method, path, fields, body ? body.value : "", output);
  });
  return node;
}

function responses(operation) {
  const rows = Object.entries(operation.responses).filter(([status]) => status < "400").map(([status, answer]) => {
    const content = Object.values(answer.content || {})[0];
    return [status, content ? describe(content.schema) : "no content"];
  });
  const errors = Object.keys(operation.responses).filter((status) => status >= "400");
  return table(["status", "answer"], [...rows, [errors.join(", "), "Problem"]]);
}

/// The parts of an operation are made when it is opened first.
function operationNode(method, path, operation) {
  const node = element("details", { id: operation.operationId },
    element("summary", {}, element("span", { className: "method" }, method),
      element("span", { className: "path" }, path), ` ${operation.summary}`,
      element("span", { className: "access" }, accessText(operation))));
  node.addEventListener("toggle", () => node.append(responses(operation), form(method, path, operation)), { once: true });
  return node;
}

function operationsByTag() {
  const groups = new Map();
  for (const [path, methods] of Object.entries(api.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags[0];
      groups.set(tag, [...(groups.get(tag) || []), operationNode(method, path, operation)]);
    }
  }
  return [...groups].sort(([a], [b]) => a.localeCompare(b));
}

function filter(text) {
  const wanted = text.toLowerCase();
  for (const node of document.querySelectorAll("main details")) {
    node.hidden = !node.firstChild.textContent.toLowerCase().includes(wanted);
  }
}

function show() {
  document.getElementById("version").textContent = api.info.version;
  document.getElementById("operations").append(...operationsByTag().map(([tag, nodes]) =>
    element("section", {}, element("h2", {}, tag), ...nodes)));
  document.getElementById("schemas").append(...Object.entries(api.components.schemas)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, schema]) => element("details", {}, element("summary", {}, name), schemaTable(schema))));
  document.getElementById("filter").addEventListener("input", (event) => filter(event.target.value));
}

fetch("openapi.json", { credentials: "omit" })
  .then((answer) => answer.json())
  .then((value) => { api = value; show(); })
  .catch((error) => document.getElementById("operations").append(String(error)));
