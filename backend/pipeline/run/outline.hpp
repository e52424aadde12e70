#pragma once

#include <string>
#include <vector>

#include "pipeline/run/engine.hpp"

/// Which column comes from where: a plan with its naming rules, its `rest: map` and both catalogs taken together.
namespace migrateiq {

enum class LineageKind : uint8_t { kCopied, kRenamed, kExpression, kConstant };

/// One target column and one source column that it is made of; an expression over three columns has three.
struct LineageItem {
  std::string source_table, source_column;  ///< the column is empty for a constant
  std::string target_table, target_column;
  LineageKind kind = LineageKind::kCopied;
  std::string expression;  ///< as the plan writes it
  std::string mask{};      ///< kind of the mask that replaces the values; empty = none
};

struct OutlinedColumn {
  std::string name, type, native;  ///< the logical type, and the system's own declaration
  bool nullable = true;
};

struct OutlinedTable {
  std::string source, target;  ///< labels, as reports have them
  bool exists = false;         ///< the target table is there already
  std::vector<OutlinedColumn> source_columns, target_columns;
};

struct PlanOutline {
  std::vector<OutlinedTable> tables;  ///< in load order
  std::vector<LineageItem> lineage;
};

/// Opens both ends and resolves the plan; touches no row. Errors: those of opening and of ResolvePlan.
Result<PlanOutline> OutlinePlan(const Plan& plan, EngineContext& context);

/// What the plan's text says by itself: the mappings written out in it, without types, and without the columns that
/// expressions use.
PlanOutline WrittenOutline(const Plan& plan);

}  // namespace migrateiq
