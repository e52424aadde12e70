#include <fstream>
#include <sstream>

#include "base/errors/plan.hpp"
#include "pipeline/mask/mask_key.hpp"
#include "pipeline/plan/detail/plan_fields.hpp"
#include "pipeline/plan/detail/plan_names.hpp"
#include "pipeline/plan/plan_file.hpp"

namespace migrateiq {

namespace {

using detail::PlanContext;
using detail::PlanFields;
using detail::PlanValue;

/// Exactly one of url and connection.
void ReadAddress(PlanContext& context, const PlanValue& value, PlanFields& fields, Endpoint& endpoint) {
  endpoint.place = context.Place(value.mark);
  fields.Text("url", endpoint.url);
  fields.Text("connection", endpoint.connection);
  const bool url = !endpoint.url.empty(), connection = !endpoint.connection.empty();
  if (url && connection)
    fields.Refuse(codes::kPlanValue, "connection", "and url exclude each other: give exactly one of them");
  if (!url && !connection) fields.Refuse(codes::kPlanMissing, "url", "is missing (in a plan of a server: connection)");
}

void ReadSource(PlanContext& context, const PlanValue& value, Endpoint& endpoint) {
  PlanFields fields(context, value, {"url", "connection"});
  ReadAddress(context, value, fields, endpoint);
}

void ReadTarget(PlanContext& context, const PlanValue& value, Endpoint& endpoint) {
  PlanFields fields(context, value, {"url", "connection", "schema"});
  ReadAddress(context, value, fields, endpoint);
  fields.Text("schema", endpoint.schema);
}

void ReadTables(PlanContext& context, const PlanValue& value, Plan& plan) {
  PlanFields fields(context, value, {"include", "exclude"});
  fields.Texts("include", plan.include);
  fields.Texts("exclude", plan.exclude);
}

void ReadNaming(PlanContext& context, const PlanValue& value, Plan& plan) {
  PlanFields fields(context, value, {"case"});
  fields.Choice("case", plan.name_case, detail::kNameCases);
}

/// `{kind: null}`, which YAML takes for no value.
bool IsNullWord(const PlanValue& value, const char* key) {
  const YAML::Node& node = value.node;
  return node.IsMap() && node[key].IsDefined() && node[key].IsNull();
}

/// A kind that needs a key has one; another has none.
void ReadMask(PlanContext& context, const PlanValue& value, MaskUse& mask) {
  PlanFields fields(context, value, {"kind", "key"});
  mask.place = context.Place(value.mark);
  if (IsNullWord(value, "kind")) {
    mask.kind = MaskKind::kNull;
  } else {
    fields.Require("kind");
    fields.Choice("kind", mask.kind, detail::kMaskKinds);
  }
  fields.Text("key", mask.key);
  if (context.error) return;
  const MaskKindInfo& kind = InfoOf(mask.kind);
  const bool named = !mask.key.empty();
  if (kind.keyed && !named)
    fields.Refuse(codes::kPlanMissing, "key", "is missing: " + std::string(kind.id) + " needs the name of a key");
  if (!kind.keyed && named)
    fields.Refuse(codes::kPlanValue, "key", "has no use: " + std::string(kind.id) + " needs no key");
  if (named && !IsMaskKeyName(mask.key))
    fields.Refuse(codes::kPlanValue, "key",
                  "is '" + mask.key + "'; a key's name is a lower-case letter, then lower-case letters, digits and _");
}

void ReadColumn(PlanContext& context, const PlanValue& value, ColumnMapping& column) {
  PlanFields fields(context, value, {"target", "source", "expr", "type", "assume_zone", "mask"});
  fields.Require("target");
  fields.Text("target", column.target);
  fields.Text("source", column.source);
  fields.Text("expr", column.expr);
  fields.Text("type", column.type);
  fields.Text("assume_zone", column.assume_zone);
  if (fields.Has("mask")) ReadMask(context, fields.Child("mask"), column.mask.emplace());
  const bool source = !column.source.empty(), expr = !column.expr.empty();
  if (source && expr)
    fields.Refuse(codes::kPlanValue, "expr", "and source exclude each other: give exactly one of them");
  if (!source && !expr) fields.Refuse(codes::kPlanMissing, "source", "is missing: give exactly one of source and expr");
}

RuleKind ReadRuleKind(PlanContext& context, const PlanValue& value) {
  PlanFields fields(context, value, {"kind", "name", "column", "severity", "min", "max", "pattern", "values", "expr"});
  RuleKind kind = RuleKind::kNotNull;
  fields.Require("kind");
  fields.Choice("kind", kind, detail::kRuleKinds);
  return kind;
}

void CheckLengthBound(PlanFields& fields, std::string_view key) {
  int64_t bound = 0;
  fields.Integer(key, bound, 0, INT64_MAX);
}

void ReadBounds(PlanContext& context, const PlanValue& value, Rule& rule) {
  PlanFields fields(context, value, {"kind", "name", "column", "severity", "min", "max"});
  fields.Text("min", rule.min);
  fields.Text("max", rule.max);
  if (!rule.min && !rule.max) fields.Refuse(codes::kPlanMissing, "min", "is missing: give min, max or both");
  if (rule.kind != RuleKind::kLength) return;
  CheckLengthBound(fields, "min");
  CheckLengthBound(fields, "max");
}

void ReadCondition(PlanContext& context, const PlanValue& value, Rule& rule) {
  switch (rule.kind) {
    case RuleKind::kNotNull: {
      PlanFields fields(context, value, {"kind", "name", "column", "severity"});
      return;
    }
    case RuleKind::kRange:
    case RuleKind::kLength: return ReadBounds(context, value, rule);
    case RuleKind::kRegex: {
      PlanFields fields(context, value, {"kind", "name", "column", "severity", "pattern"});
      fields.Require("pattern");
      return fields.Text("pattern", rule.pattern);
    }
    case RuleKind::kIn: {
      PlanFields fields(context, value, {"kind", "name", "column", "severity", "values"});
      fields.Require("values");
      return fields.Texts("values", rule.values);
    }
    case RuleKind::kExpr: {
      PlanFields fields(context, value, {"kind", "name", "column", "severity", "expr"});
      fields.Require("expr");
      return fields.Text("expr", rule.expr);
    }
  }
}

void ReadRule(PlanContext& context, const PlanValue& value, Rule& rule) {
  rule.kind = ReadRuleKind(context, value);
  ReadCondition(context, value, rule);
  PlanFields fields(context, value, {"kind", "name", "column", "severity", "min", "max", "pattern", "values", "expr"});
  fields.Text("column", rule.column);
  if (rule.kind != RuleKind::kExpr) fields.Require("column");
  fields.Choice("severity", rule.severity, detail::kSeverities);
  rule.name = fields.TextOr("name", detail::DerivedRuleName(rule));
}

void ReadMappingSource(PlanContext& context, PlanFields& fields, TableMapping& mapping) {
  fields.Require("source");
  const PlanValue source = fields.Child("source");
  if (!source.node.IsMap()) return fields.Text("source", mapping.source);
  PlanFields query(context, source, {"sql"});
  query.Require("sql");
  query.Text("sql", mapping.sql);
}

void ReadMapping(PlanContext& context, const PlanValue& value, TableMapping& mapping) {
  PlanFields fields(context, value, {"source", "target", "mode", "key", "where", "columns", "rest", "rules"});
  mapping.place = context.Place(value.mark);
  ReadMappingSource(context, fields, mapping);
  fields.Text("target", mapping.target);
  if (!mapping.sql.empty()) fields.Require("target");
  fields.Choice("mode", mapping.mode, detail::kLoadModes);
  fields.Texts("key", mapping.key);
  fields.Text("where", mapping.where);
  for (const PlanValue& child : fields.Children("columns")) {
    ReadColumn(context, child, mapping.columns.emplace_back());
  }
  fields.Choice("rest", mapping.rest, detail::kRests);
  for (const PlanValue& child : fields.Children("rules")) ReadRule(context, child, mapping.rules.emplace_back());
}

void ReadType(PlanContext& context, const PlanValue& value, TypeOverride& type) {
  PlanFields fields(context, value, {"match", "to"});
  fields.Require("match");
  fields.Require("to");
  fields.Text("to", type.to);
  PlanFields match(context, fields.Child("match"), {"source_type", "table", "column"});
  match.Text("source_type", type.source_type);
  match.Text("table", type.table);
  match.Text("column", type.column);
  if (type.source_type.empty() && type.table.empty() && type.column.empty()) {
    fields.Refuse(codes::kPlanMissing, "match", "is empty: give source_type, table or column");
  }
}

void ReadOn(PlanContext& context, const PlanValue& value, OnPolicy& on) {
  PlanFields fields(context, value, {"zero_date", "nul_byte", "orphan_row", "row_error", "max_row_errors"});
  fields.Choice("zero_date", on.zero_date, detail::kZeroDates);
  fields.Choice("nul_byte", on.nul_byte, detail::kNulBytes);
  fields.Choice("orphan_row", on.orphan_row, detail::kOrphanRows);
  fields.Choice("row_error", on.row_error, detail::kRowErrors);
  fields.Integer("max_row_errors", on.max_row_errors, 0, INT64_MAX);
}

void ReadThrottle(PlanContext& context, const PlanValue& value, Throttle& throttle) {
  PlanFields fields(context, value, {"rows_per_second", "bytes_per_second", "pause_when_source_load_above"});
  fields.Integer("rows_per_second", throttle.rows_per_second, 0, INT64_MAX);
  fields.Integer("bytes_per_second", throttle.bytes_per_second, 0, INT64_MAX);
  fields.Number("pause_when_source_load_above", throttle.pause_when_source_load_above);
}

void ReadRun(PlanContext& context, const PlanValue& value, RunOptions& run) {
  PlanFields fields(
      context, value,
      {"workers", "chunk_rows", "schema", "verify", "undo", "ledger_schema", "create_database", "parts", "throttle"});
  fields.Integer("workers", run.workers, 0, 1024);
  if (fields.TextOr("chunk_rows", "auto") != "auto") fields.Integer("chunk_rows", run.chunk_rows, 1, INT64_MAX);
  fields.Choice("schema", run.schema, detail::kSchemaModes);
  fields.Choice("verify", run.verify, detail::kVerifyLevels);
  fields.Choice("undo", run.undo_journal, detail::kUndoModes);
  fields.Text("ledger_schema", run.ledger_schema);
  fields.Flag("create_database", run.create_database);
  fields.Integer("parts", run.parts, 0, 9999);
  ReadThrottle(context, fields.Child("throttle"), run.throttle);
}

void ReadVersion(PlanContext& context, PlanFields& fields) {
  const std::string version = fields.TextOr("version", "");
  fields.Require("version");
  if (!context.error && version != "1")
    fields.Refuse(codes::kPlanVersion, "version", "is '" + version + "'; allowed: 1");
}

Plan ReadPlan(PlanContext& context, const PlanValue& root) {
  Plan plan;
  if (!context.error && !root.node.IsMap()) {
    context.Refuse(codes::kPlanSyntax, root.mark, "the plan must hold keys such as version, source and target");
  }
  PlanFields fields(context, root,
                    {"version", "name", "source", "target", "tables", "naming", "mappings", "types", "on", "run"});
  ReadVersion(context, fields);
  fields.Text("name", plan.name);
  fields.Require("source");
  ReadSource(context, fields.Child("source"), plan.source);
  fields.Require("target");
  ReadTarget(context, fields.Child("target"), plan.target);
  ReadTables(context, fields.Child("tables"), plan);
  ReadNaming(context, fields.Child("naming"), plan);
  for (const PlanValue& child : fields.Children("mappings")) ReadMapping(context, child, plan.mappings.emplace_back());
  for (const PlanValue& child : fields.Children("types")) ReadType(context, child, plan.types.emplace_back());
  ReadOn(context, fields.Child("on"), plan.on);
  ReadRun(context, fields.Child("run"), plan.run);
  return plan;
}

}  // namespace

Result<Plan> ParsePlan(std::string_view text, std::string_view file_name) {
  PlanContext context{.file_name = std::string(file_name)};
  Plan plan = ReadPlan(context, detail::LoadPlanText(context, text));
  if (context.error) return Fail(*std::move(context.error));
  return plan;
}

Result<Plan> ReadPlanFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  const bool any = file && file.peek() != std::ifstream::traits_type::eof();
  if (any) text << file.rdbuf();
  if (!file.is_open() || file.bad() || text.fail()) {
    return Fail(Error(codes::kPlanSyntax, "the plan file '" + path + "' cannot be read")
                    .Fix("Check that the path names a file and that you may read it; `migrateiq plan` writes one."));
  }
  return ParsePlan(text.view(), path);
}

std::set<std::string> MaskKeyNames(const Plan& plan) {
  std::set<std::string> names;
  for (const TableMapping& mapping : plan.mappings) {
    for (const ColumnMapping& column : mapping.columns)
      if (column.mask && !column.mask->key.empty()) names.insert(column.mask->key);
  }
  return names;
}

Status RefuseConnections(const Plan& plan) {
  for (const Endpoint* endpoint : {&plan.source, &plan.target}) {
    if (endpoint->connection.empty()) continue;
    return Fail(
        Error(codes::kPlanValue,
              "the plan names the stored connection '" + endpoint->connection + "', which only a server has")
            .At(endpoint->place)
            .Fix("Write `url: ...` instead of `connection: ...`, or name the server that has it: --server URL."));
  }
  return {};
}

}  // namespace migrateiq
