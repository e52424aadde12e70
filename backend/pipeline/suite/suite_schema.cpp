#include <fmt/format.h>

#include "pipeline/suite/detail/suite_keys.hpp"
#include "pipeline/suite/detail/suite_names.hpp"
#include "pipeline/suite/suite_file.hpp"

namespace migrateiq {

namespace {

constexpr std::string_view kHead = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://migrateiq.dev/suite.schema.json",
  "title": "MigrateIQ suite of checks",
  "description": "What must hold of a source, a target, or the flow between them. YAML, or the same as JSON.",
  "type": "object",
  "required": ["version", "checks"],
  "additionalProperties": false,
  "properties": {
    "version": {"const": 1},
    "name": {"type": "string"},
    "description": {"type": "string"},
    "owner": {"type": "string", "description": "Of checks that name none"},
    "attach": {"enum": ["source", "target", "flow"], "default": "source"},
    "checks": {"type": "array", "items": {"$ref": "#/$defs/check"}}
  },
  "$defs": {
    "text": {"type": ["string", "number", "boolean"]},
    "texts": {"anyOf": [{"$ref": "#/$defs/text"}, {"type": "array", "items": {"$ref": "#/$defs/text"}}]},
    "side": {"enum": ["source", "target"], "description": "In a flow; default: target"},
    "tolerance": {"type": ["string", "number"], "description": "Rows that may break it (5), or a share of them (0.5%)"},
    "against": {
      "type": "object",
      "description": "Another table, or the same one on the other side",
      "additionalProperties": false,
      "properties": {
        "side": {"$ref": "#/$defs/side"},
        "table": {"type": "string"},
        "column": {"$ref": "#/$defs/texts"},
        "where": {"type": "string"}
      }
    },
    "baseline": {
      "type": "object",
      "description": "Bins and the share of the values in each; one share more than edges or values",
      "required": ["shares"],
      "additionalProperties": false,
      "properties": {
        "edges": {"type": "array", "items": {"type": ["number", "string"]}},
        "values": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "shares": {"type": "array", "items": {"type": "number", "minimum": 0}}
      }
    },
)json";

/// What a key holds, whatever the kind.
std::string_view SchemaOf(std::string_view key) {
  struct Named {
    std::string_view key, schema;
  };
  constexpr Named kSchemas[] = {
      {"name", R"({"type": "string", "description": "Unique in the suite; default: kind, table and column"})"},
      {"side", R"({"$ref": "#/$defs/side"})"},
      {"severity", R"({"enum": ["info", "warn", "error"], "default": "error"})"},
      {"owner", R"({"type": "string"})"},
      {"description", R"({"type": "string"})"},
      {"enabled", R"({"type": "boolean", "default": true})"},
      {"table", R"({"type": "string"})"},
      {"column", R"({"$ref": "#/$defs/texts"})"},
      {"where", R"({"type": "string", "description": "Only these rows: SQL of the system, DuckDB SQL over files"})"},
      {"tolerance", R"({"$ref": "#/$defs/tolerance"})"},
      {"min", R"({"$ref": "#/$defs/text"})"},
      {"max", R"({"$ref": "#/$defs/text"})"},
      {"pattern", R"({"type": "string", "description": "RE2, matched anywhere in the value"})"},
      {"values", R"({"$ref": "#/$defs/texts"})"},
      {"expr", R"({"type": "string", "description": "DuckDB SQL over the row; true or NULL passes"})"},
      {"against", R"({"$ref": "#/$defs/against"})"},
      {"max_age", R"({"type": "string", "description": "A number with s, m, h, d or w: 36h"})"},
      {"distance", R"({"enum": ["psi", "ks", "js"], "default": "psi"})"},
      {"bins", R"({"type": "integer", "minimum": 2, "maximum": 50, "default": 10})"},
      {"baseline", R"({"$ref": "#/$defs/baseline"})"},
      {"type", R"({"type": "string"})"},
      {"nullable", R"({"type": "boolean"})"},
      {"sql", R"({"type": "string", "description": "A query whose rows break the check, or that yields one number"})"},
      {"scalar", R"({"type": "boolean", "default": false})"},
  };
  for (const Named& named : kSchemas) {
    if (named.key == key) return named.schema;
  }
  return "{}";
}

std::string CheckSchema(CheckKind kind) {
  std::string required = "\"kind\"", properties;
  for (const std::string_view key : detail::RequiredKeys(kind)) required += fmt::format(", \"{}\"", key);
  for (const std::string_view key : detail::KeysOf(kind)) {
    const std::string schema = key == "kind" ? fmt::format(R"({{"const": "{}"}})", NameOf(detail::kCheckKinds, kind))
                                             : std::string(SchemaOf(key));
    properties += fmt::format("{}\n            \"{}\": {}", properties.empty() ? "" : ",", key, schema);
  }
  return fmt::format(
      "        {{\n          \"type\": \"object\",\n          \"required\": [{}],\n          \"additionalProperties\": "
      "false,\n          \"properties\": {{{}\n          }}\n        }}",
      required, properties);
}

}  // namespace

std::string SuiteJsonSchema() {
  std::string checks;
  for (const auto& kind : detail::kCheckKinds) checks += (checks.empty() ? "" : ",\n") + CheckSchema(kind.value);
  return std::string(kHead) + "    \"check\": {\n      \"oneOf\": [\n" + checks + "\n      ]\n    }\n  }\n}\n";
}

}  // namespace migrateiq
