#include "pipeline/run/rehearsed_keys.hpp"

#include <algorithm>

#include "pipeline/run/target_expression.hpp"

namespace migrateiq {

std::vector<const ProbedKey*> RehearsedTable::Probed() const {
  std::vector<const ProbedKey*> probed;
  for (const RehearsedKey& key : keys) probed.push_back(&key.probed);
  return probed;
}

bool IsMadeAfterRows(const TableTask& task, const Dialect& dialect, ObjectKind kind, const std::string& name) {
  if (!task.IsMadeByRun() || task.fate == TableFate::kUpsert) return false;
  return std::ranges::any_of(dialect.IndexSteps(task.LoadTable()), [&](const DdlStep& step) {
    const bool named = kind != ObjectKind::kPrimaryKey && !name.empty();
    return named ? step.name == name : step.kind == kind;
  });
}

namespace {

std::string Join(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

/// Values of both types have one encoding when they are equal.
bool CompareAlike(TypeKind a, TypeKind b) {
  const auto group = [](TypeKind kind) {
    if (IsInteger(kind)) return TypeKind::kInt64;
    return kind == TypeKind::kChar || kind == TypeKind::kEnum ? TypeKind::kString : kind;
  };
  return group(a) == group(b);
}

class Follower {
 public:
  Follower(const ResolvedPlan& resolved, const Ends& ends, SpillFile& spill)
      : resolved_(resolved), ends_(ends), dialect_(ends.target_connector->dialect()), spill_(spill) {}

  Result<std::deque<RehearsedTable>> Run() {
    for (const TableTask& task : resolved_.tables) {
      RehearsedTable& table = tables_.emplace_back();
      table.task = &task;
      table.definition = task.target;
      table.reads_target = task.exists && (task.fate == TableFate::kAppend || task.fate == TableFate::kUpsert);
    }
    const size_t planned = tables_.size();
    for (size_t table = 0; table < planned; ++table) FollowUnique(tables_[table]);
    for (size_t table = 0; table < planned; ++table) FollowReferences(tables_[table]);
    return std::move(tables_);
  }

 private:
  void FollowUnique(RehearsedTable& table) {
    if (table.definition.primary_key) FollowIndex(table, *table.definition.primary_key, true);
    for (const Index& index : table.definition.indexes) {
      if (index.unique) FollowIndex(table, index, false);
    }
  }

  static void NotPredicted(RehearsedTable& table, const std::string& what, const std::string& why) {
    table.notes.push_back("not predicted: " + what + ": " + why);
  }

  void FollowIndex(RehearsedTable& table, const Index& index, bool primary) {
    const std::string title = primary ? "primary key" : "unique key" + (index.name.empty() ? "" : " " + index.name);
    if (table.task->fate == TableFate::kUpsert) return FollowUpserted(table, index, title);
    RehearsedKey key{.use = RehearsedKey::Use::kUnique, .title = title};
    key.probed.nulls_distinct = !index.nulls_not_distinct;
    if (!index.where.empty()) {
      const auto where = InDuckSql(index.where, table.definition, dialect_);
      if (!where) return NotPredicted(table, title, "its condition is not understood: " + index.where);
      key.probed.where = *where;
    }
    std::vector<std::string> names;
    for (const IndexPart& part : index.parts) {
      const std::string refused = AddPart(table, part, key.probed);
      if (refused == kNumbered) return;
      if (!refused.empty()) return NotPredicted(table, title, refused);
      names.push_back(part.column.empty() ? part.expression : part.column);
    }
    key.columns = Join(names);
    key.deferred =
        IsMadeAfterRows(*table.task, dialect_, primary ? ObjectKind::kPrimaryKey : ObjectKind::kUnique, index.name);
    Keep(table, std::move(key));
  }

  /// Rows with the key of the merge replace each other: only other keys can refuse one.
  static void FollowUpserted(RehearsedTable& table, const Index& index, const std::string& title) {
    std::vector<std::string> names;
    for (const IndexPart& part : index.parts) names.push_back(part.column);
    std::vector<std::string> merged = table.task->key;
    std::ranges::sort(names);
    std::ranges::sort(merged);
    if (names != merged) NotPredicted(table, title, "rows are merged by another key");
  }

  /// Why the part cannot be followed; empty when it can.
  std::string AddPart(const RehearsedTable& table, const IndexPart& part, ProbedKey& key) const {
    if (part.column.empty()) {
      const auto sql = InDuckSql(part.expression, table.definition, dialect_);
      if (!sql) return "its expression is not understood: " + part.expression;
      key.parts.push_back({.column = "", .expression = *sql, .equality = {}});
      return "";
    }
    const CatalogColumn* column = table.definition.Find(part.column);
    if (column == nullptr) return "it has no column '" + part.column + "'";
    if (table.task->transform.target->IndexOf(part.column) < 0) {
      return column->identity != Identity::kNone ? kNumbered : "the plan does not write '" + part.column + "'";
    }
    key.parts.push_back({.column = part.column,
                         .expression = "",
                         .prefix = part.prefix,
                         .equality = dialect_.EqualityOf(*column, part.collation)});
    return "";
  }

  RehearsedKey& Keep(RehearsedTable& table, RehearsedKey key) {
    key.probed.set = std::make_unique<KeySet>(spill_);
    table.keys.push_back(std::move(key));
    return table.keys.back();
  }

  void FollowReferences(RehearsedTable& table) {
    for (const ForeignKey& key : table.definition.foreign_keys) {
      const std::string refused = FollowReference(table, key);
      if (!refused.empty())
        NotPredicted(table, "foreign key " + (key.name.empty() ? "(" + Join(key.columns) + ")" : key.name), refused);
    }
  }

  std::string FollowReference(RehearsedTable& table, const ForeignKey& foreign) {
    RehearsedTable* parent = ParentOf(foreign);
    if (parent == nullptr) return "there is no table " + foreign.parent.ToString();
    const std::vector<std::string> parent_columns = ParentColumns(*parent, foreign);
    if (foreign.match_full && foreign.columns.size() > 1) return "it is MATCH FULL";
    if (parent_columns.size() != foreign.columns.size()) return "its parent's key is not known";
    RehearsedKey child{.use = RehearsedKey::Use::kChild, .title = "foreign key " + foreign.name};
    child.columns = Join(foreign.columns);
    for (size_t i = 0; i < parent_columns.size(); ++i) {
      const CatalogColumn* from = table.definition.Find(foreign.columns[i]);
      const CatalogColumn* to = parent->definition.Find(parent_columns[i]);
      if (from == nullptr || to == nullptr) return "its columns are not known";
      if (table.task->transform.target->IndexOf(from->name) < 0) return "the plan does not write '" + from->name + "'";
      if (parent->task != nullptr && parent->task->transform.target->IndexOf(to->name) < 0)
        return "the plan does not write '" + to->name + "' of " + foreign.parent.ToString();
      if (!CompareAlike(from->type.kind, to->type.kind))
        return "its columns have types of another kind than the parent's";
      child.probed.parts.push_back({.column = from->name, .expression = "", .equality = dialect_.EqualityOf(*to, "")});
    }
    child.parent = &ParentKey(*parent, parent_columns, child.probed.parts);
    Keep(table, std::move(child));
    return "";
  }

  /// SQLite lets the parent's columns be left out: its primary key is meant.
  static std::vector<std::string> ParentColumns(const RehearsedTable& parent, const ForeignKey& foreign) {
    if (!foreign.parent_columns.empty() || !parent.definition.primary_key) return foreign.parent_columns;
    std::vector<std::string> names;
    for (const IndexPart& part : parent.definition.primary_key->parts) names.push_back(part.column);
    return names;
  }

  RehearsedTable* ParentOf(const ForeignKey& foreign) {
    const auto same = [&](const TableName& name) {
      return name == foreign.parent || (!dialect_.has_schemas() && name.name == foreign.parent.name);
    };
    const auto known = std::ranges::find_if(tables_, [&](const RehearsedTable& table) {
      return same(table.task != nullptr ? table.task->target.name : table.definition.name);
    });
    if (known != tables_.end()) return &*known;
    const auto found = std::ranges::find_if(ends_.target_catalog.tables, same, &Table::name);
    if (found == ends_.target_catalog.tables.end()) return nullptr;
    RehearsedTable& table = tables_.emplace_back();
    table.definition = *found;
    table.reads_target = true;
    return &table;
  }

  /// The set of the parent's keys, shared by all that refer to it.
  const RehearsedKey& ParentKey(RehearsedTable& parent, const std::vector<std::string>& columns,
                                const std::vector<ProbedPart>& child) {
    const std::string list = Join(columns);
    for (const RehearsedKey& key : parent.keys) {
      if (key.use == RehearsedKey::Use::kParent && key.columns == list) return key;
    }
    RehearsedKey key{.use = RehearsedKey::Use::kParent, .title = "parent key", .columns = list};
    for (size_t i = 0; i < columns.size(); ++i)
      key.probed.parts.push_back({.column = columns[i], .expression = "", .equality = child[i].equality});
    return Keep(parent, std::move(key));
  }

  static constexpr const char* kNumbered = "numbered by the target";

  const ResolvedPlan& resolved_;
  const Ends& ends_;
  const Dialect& dialect_;
  SpillFile& spill_;
  std::deque<RehearsedTable> tables_;
};

}  // namespace

Result<std::deque<RehearsedTable>> FollowKeys(const ResolvedPlan& resolved, const Ends& ends, SpillFile& spill) {
  return Follower(resolved, ends, spill).Run();
}

}  // namespace migrateiq
