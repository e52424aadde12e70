#include "pipeline/plan/plan_file.hpp"

namespace migrateiq {

namespace {

constexpr std::string_view kSchema = R"json({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "https://migrateiq.dev/plan.schema.json",
  "title": "MigrateIQ plan",
  "description": "What to migrate from where to where, and how. YAML, or the same as JSON.",
  "type": "object",
  "required": ["version", "source", "target"],
  "additionalProperties": false,
  "properties": {
    "version": {"const": 1},
    "name": {"type": "string"},
    "source": {
      "type": "object",
      "additionalProperties": false,
      "properties": {"url": {"$ref": "#/$defs/url"}, "connection": {"$ref": "#/$defs/connection"}},
      "oneOf": [{"required": ["url"]}, {"required": ["connection"]}]
    },
    "target": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "url": {"$ref": "#/$defs/url"},
        "connection": {"$ref": "#/$defs/connection"},
        "schema": {"type": "string", "description": "Where tables without a schema of their own go"}
      },
      "oneOf": [{"required": ["url"]}, {"required": ["connection"]}]
    },
    "tables": {
      "type": "object",
      "description": "Shell patterns; tables without a mapping are mapped as they are",
      "additionalProperties": false,
      "properties": {
        "include": {"$ref": "#/$defs/texts", "default": ["*"]},
        "exclude": {"$ref": "#/$defs/texts", "default": []}
      }
    },
    "naming": {
      "type": "object",
      "additionalProperties": false,
      "properties": {"case": {"enum": ["keep", "snake", "lower"], "default": "keep"}}
    },
    "mappings": {"type": "array", "items": {"$ref": "#/$defs/mapping"}},
    "types": {"type": "array", "items": {"$ref": "#/$defs/type"}},
    "on": {
      "type": "object",
      "description": "What to do with values the target cannot hold",
      "additionalProperties": false,
      "properties": {
        "zero_date": {"enum": [null, "null", "error", "epoch"], "default": null},
        "nul_byte": {"enum": ["strip", "reject", "error"], "default": "strip"},
        "orphan_row": {"enum": ["report", "quarantine", "error"], "default": "report"},
        "row_error": {"enum": ["quarantine", "fail"], "default": "quarantine"},
        "max_row_errors": {"type": "integer", "minimum": 0, "default": 1000}
      }
    },
    "run": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "workers": {"type": "integer", "minimum": 0, "maximum": 1024, "default": 0, "description": "0 = number of cores"},
        "chunk_rows": {"anyOf": [{"const": "auto"}, {"type": "integer", "minimum": 1}], "default": "auto"},
        "schema": {"enum": ["create", "reuse", "replace"], "default": "create"},
        "verify": {"enum": ["none", "counts", "checksum", "diff"], "default": "checksum"},
        "undo": {"enum": ["journal", "none"], "default": "journal"},
        "ledger_schema": {"type": "string", "description": "Where ledger and journal live in the target"},
        "create_database": {"type": "boolean", "default": false},
        "parts": {"type": "integer", "minimum": 0, "maximum": 9999, "default": 0},
        "throttle": {
          "type": "object",
          "additionalProperties": false,
          "properties": {
            "rows_per_second": {"type": "integer", "minimum": 0, "default": 0},
            "bytes_per_second": {"type": "integer", "minimum": 0, "default": 0},
            "pause_when_source_load_above": {"type": "number", "minimum": 0, "default": 0}
          }
        }
      }
    }
  },
  "$defs": {
    "url": {"type": "string", "description": "scheme://user:${NAME}@host:port/database?parameter=value, or scheme:path"},
    "connection": {"type": "string", "description": "Name of a stored connection; in plans of a server, instead of url"},
    "texts": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    "text": {"type": ["string", "number", "boolean"]},
    "mapping": {
      "type": "object",
      "required": ["source"],
      "additionalProperties": false,
      "properties": {
        "source": {
          "anyOf": [
            {"type": "string"},
            {
              "type": "object",
              "required": ["sql"],
              "additionalProperties": false,
              "properties": {"sql": {"type": "string", "description": "Run at the source; needs a target"}}
            }
          ]
        },
        "target": {"type": "string"},
        "mode": {"enum": ["create", "append", "truncate", "upsert"]},
        "key": {"$ref": "#/$defs/texts", "description": "For upsert and verification; default: the primary key"},
        "where": {"type": "string", "description": "SQL of the source, pushed down"},
        "columns": {"type": "array", "items": {"$ref": "#/$defs/column"}},
        "rest": {"enum": ["map", "drop", "fail"], "default": "map"},
        "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}}
      }
    },
    "column": {
      "type": "object",
      "required": ["target"],
      "additionalProperties": false,
      "properties": {
        "target": {"type": "string"},
        "source": {"type": "string"},
        "expr": {"type": "string", "description": "DuckDB SQL over the source row"},
        "type": {"type": "string", "description": "A type of the target"},
        "assume_zone": {"type": "string", "description": "IANA name of the zone that the source's wall times are of"},
        "mask": {"$ref": "#/$defs/mask"}
      },
      "oneOf": [{"required": ["source"]}, {"required": ["expr"]}]
    },
    "mask": {
      "type": "object",
      "description": "What replaces the values; docs/masking.md has the kinds",
      "required": ["kind"],
      "additionalProperties": false,
      "properties": {
        "kind": {"enum": ["token", "email", "name", "address", "phone", "digits", "ip", "date_shift", "number_noise", "coarse", "redact", null, "null"]},
        "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,39}$", "description": "Name of a key"}
      },
      "if": {"properties": {"kind": {"enum": ["coarse", "redact", null, "null"]}}},
      "then": {"properties": {"key": false}},
      "else": {"required": ["key"]}
    },
    "rule": {
      "type": "object",
      "required": ["kind"],
      "additionalProperties": false,
      "properties": {
        "kind": {"enum": ["not_null", "range", "length", "regex", "in", "expr"]},
        "name": {"type": "string"},
        "column": {"type": "string", "description": "Of the target"},
        "severity": {"enum": ["warn", "reject", "fail"], "default": "reject"},
        "min": {"$ref": "#/$defs/text"},
        "max": {"$ref": "#/$defs/text"},
        "pattern": {"type": "string", "description": "RE2, matched anywhere in the value"},
        "values": {"type": "array", "items": {"$ref": "#/$defs/text"}},
        "expr": {"type": "string", "description": "DuckDB SQL over the target row; true or NULL passes"}
      }
    },
    "type": {
      "type": "object",
      "required": ["match", "to"],
      "additionalProperties": false,
      "properties": {
        "match": {
          "type": "object",
          "description": "Shell patterns, case-insensitive; all that are given must match",
          "minProperties": 1,
          "additionalProperties": false,
          "properties": {
            "source_type": {"type": "string"},
            "table": {"type": "string"},
            "column": {"type": "string"}
          }
        },
        "to": {"type": "string", "description": "A type of the target"}
      }
    }
  }
}
)json";

}  // namespace

std::string PlanJsonSchema() { return std::string(kSchema); }

}  // namespace migrateiq
