#include "pipeline/run/resolve_masks.hpp"

#include <algorithm>
#include <set>

#include "base/errors/plan.hpp"
#include "pipeline/duck/expression_check.hpp"
#include "pipeline/mask/mask_key.hpp"

namespace migrateiq {

namespace {

Error Misfit(const MaskUse& use, const std::string& column, const TableTask& task, const std::string& why) {
  return Error(codes::kPlanMask, "the mask " + std::string(InfoOf(use.kind).id) + " " + why)
      .Table(task.target_label)
      .Column(column)
      .At(use.place);
}

std::string DistinctKinds(TypeKind type) {
  std::string ids;
  for (const MaskKindInfo& info : MaskKinds())
    if (info.distinct && FitsMask(info.kind, type)) ids += (ids.empty() ? "" : ", ") + std::string(info.id);
  return ids.empty() ? "none for this type" : ids;
}

/// Whether no two rows may have the same value in this column.
bool IsUniqueAlone(const TableTask& task, const std::string& column) {
  const auto alone = [&](const Index& index) {
    return index.unique && index.parts.size() == 1 && index.parts[0].column == column;
  };
  if (task.key == std::vector<std::string>{column}) return true;
  if (task.target.primary_key && task.target.KeyColumns() == std::vector<std::string>{column}) return true;
  return std::ranges::any_of(task.target.indexes, alone);
}

/// Which source columns each target column is made of.
Result<std::vector<std::set<std::string>>> SourcesOf(const TableTask& task) {
  Schema schema;
  for (const CatalogColumn& column : task.source.columns) schema.fields.push_back({column.name, column.type});
  MIQ_ASSIGN(const std::unique_ptr<ExpressionColumns> columns, ExpressionColumns::Open());
  std::vector<std::set<std::string>> sources;
  for (const TransformOutput& output : task.transform.outputs) {
    std::set<std::string>& used = sources.emplace_back();
    if (output.source >= 0) used.insert(task.read_columns[static_cast<size_t>(output.source)]);
    if (output.expression < 0) continue;
    const ExpressionSpec& expression = task.transform.expressions[static_cast<size_t>(output.expression)];
    MIQ_ASSIGN(const std::vector<int> indexes, columns->Of(expression.sql, schema));
    for (const int index : indexes) used.insert(schema.fields[static_cast<size_t>(index)].name);
  }
  return sources;
}

}  // namespace

Result<std::map<std::string, std::string>> ResolveMaskKeys(const Plan& plan, Secrets secrets) {
  std::map<std::string, std::string> keys;
  for (const std::string& name : MaskKeyNames(plan)) {
    const auto carried = plan.mask_keys.find(name);
    if (carried != plan.mask_keys.end()) {
      keys[name] = carried->second;
    } else if (secrets == Secrets::kResolve) {
      MIQ_ASSIGN(keys[name], MaskKeyFromEnvironment(name));
    } else {
      return Fail(codes::kMaskKey, "the mask key '" + name + "' is not there");
    }
  }
  return keys;
}

std::string MaskKeyPrints(const std::map<std::string, std::string>& keys) {
  std::string prints;
  for (const auto& [name, key] : keys) prints += (prints.empty() ? "" : " ") + name + ":" + MaskKeyPrint(key);
  return prints;
}

Result<OutputMask> MaskFor(const MaskUse& use, const CatalogColumn& target, const TableTask& task,
                           const std::map<std::string, std::string>& keys) {
  const TypeKind type = target.type.kind;
  if (!FitsMask(use.kind, type)) {
    return Fail(Misfit(use, target.name, task,
                       "cannot fill a column of type " + target.native + "; kinds that can: " + MasksThatFit(type))
                    .Fix("Use one of these kinds, or give the column a text type (`type: TEXT`)."));
  }
  if (use.kind == MaskKind::kNull && !target.nullable) {
    return Fail(Misfit(use, target.name, task, "cannot fill a column that is NOT NULL")
                    .Fix("Use another kind (redact), or map the column by `expr:` so that it may hold NULL."));
  }
  if (use.key.empty()) return OutputMask{use.kind, ""};
  return OutputMask{use.kind, keys.at(use.key)};
}

Status CheckDistinct(const TableMapping& mapping, const TableTask& task) {
  for (const ColumnMapping& column : mapping.columns) {
    if (!column.mask || InfoOf(column.mask->kind).distinct || !IsUniqueAlone(task, column.target)) continue;
    const CatalogColumn* target = task.target.Find(column.target);
    if (target == nullptr) continue;
    return Fail(Misfit(*column.mask, column.target, task,
                       "gives equal results for different values, and the column is unique; kinds that do not: " +
                           DistinctKinds(target->type.kind))
                    .Fix("Use one of these kinds for the column."));
  }
  return {};
}

Status ListUnmasked(const TableTask& task, std::vector<ObjectReport>& objects) {
  const TransformSpec& spec = task.transform;
  if (!spec.IsMasked()) return {};
  MIQ_ASSIGN(const auto sources, SourcesOf(task));
  std::map<std::string, std::string> masked;  // source column -> the target column that masks it
  for (size_t i = 0; i < sources.size(); ++i) {
    for (const std::string& source : sources[i])
      if (spec.IsMasked(i)) masked.emplace(source, spec.target->fields[i].name);
  }
  for (size_t i = 0; i < sources.size(); ++i) {
    for (const std::string& source : sources[i]) {
      const auto hidden = masked.find(source);
      if (spec.IsMasked(i) || hidden == masked.end()) continue;
      objects.push_back(
          {.kind = "mask",
           .name = task.target_label + "." + spec.target->fields[i].name,
           .status = "manual",
           .why = "it is made of source column '" + source + "' without a mask; '" + hidden->second + "' masks it",
           .source = ""});
    }
  }
  return {};
}

}  // namespace migrateiq
