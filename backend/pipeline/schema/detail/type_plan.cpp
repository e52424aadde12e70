#include <algorithm>

#include "pipeline/schema/detail/conversion.hpp"

namespace migrateiq::detail {
namespace {

/// Which keys a column belongs to, over the whole catalog.
struct KeyUse {
  bool in_key = false;
  bool in_unique = false;
  int key_parts = 1;
};
using KeyUses = std::map<ColumnKey, KeyUse>;

void Use(KeyUses& uses, const TableName& table, const std::string& column, size_t parts, bool unique) {
  KeyUse& use = uses[{table, column}];
  use.in_key = true;
  use.in_unique = use.in_unique || unique;
  use.key_parts = std::max(use.key_parts, static_cast<int>(parts));
}

void UseIndex(KeyUses& uses, const TableName& table, const Index& index, bool unique) {
  if (index.method == "fulltext" || index.method == "spatial") return;
  for (const IndexPart& part : index.parts) {
    if (!part.column.empty()) Use(uses, table, part.column, index.parts.size(), unique);
  }
}

KeyUses FindKeyUses(const Catalog& catalog) {
  KeyUses uses;
  for (const Table& table : catalog.tables) {
    if (table.primary_key) UseIndex(uses, table.name, *table.primary_key, true);
    for (const Index& index : table.indexes) UseIndex(uses, table.name, index, index.unique);
    for (const ForeignKey& key : table.foreign_keys) {
      for (const std::string& column : key.columns) Use(uses, table.name, column, key.columns.size(), false);
      for (const std::string& column : key.parent_columns) {
        Use(uses, key.parent, column, key.parent_columns.size(), false);
      }
    }
  }
  return uses;
}

bool Matches(const std::string& pattern, const std::string& text) {
  return pattern.empty() || MatchesGlob(pattern, text);
}

const TypeOverride* FindOverride(const ConvertOptions& options, const Table& table, const CatalogColumn& column) {
  const auto found = std::ranges::find_if(options.types, [&](const TypeOverride& entry) {
    const bool table_fits = Matches(entry.table, table.name.name) || Matches(entry.table, table.name.ToString());
    return table_fits && Matches(entry.column, column.name) && Matches(entry.source_type, column.native);
  });
  return found == options.types.end() ? nullptr : &*found;
}

Result<PlannedType> Overridden(const TypeOverride& entry, const Table& table, const CatalogColumn& column,
                               const Dialect& to) {
  auto type = to.ParseType(entry.to);
  if (!type)
    return Fail(std::move(type.error()).Table(table.name.ToString()).Column(column.name).At("types: to: " + entry.to));
  return PlannedType{.choice = {.native = entry.to, .type = std::move(*type)}, .overridden = true};
}

Result<PlannedType> Choose(const Conversion& conversion, const Table& table, const CatalogColumn& column,
                           const KeyUse& use) {
  if (const TypeOverride* entry = FindOverride(conversion.options, table, column)) {
    return Overridden(*entry, table, column, conversion.to);
  }
  const TypeContext context{.table = &table,
                            .source_dialect = conversion.from.name(),
                            .in_key = use.in_key,
                            .in_unique = use.in_unique,
                            .key_parts = use.key_parts};
  return PlannedType{.choice = conversion.to.ChooseType(column, context)};
}

bool IsText(TypeKind kind) { return kind == TypeKind::kString || kind == TypeKind::kChar; }

/// Texts may differ in length; everything else must be written alike at both ends.
bool Agree(const TypeChoice& child, const TypeChoice& parent) {
  if (IsText(child.type.kind) && IsText(parent.type.kind)) return true;
  return child.type == parent.type && child.native == parent.native;
}

/// Makes the ends of one foreign key's column pair agree; an override beats a choice, then the parent beats the child.
bool Unify(PlannedType& child, PlannedType& parent) {
  if (Agree(child.choice, parent.choice) || (child.overridden && parent.overridden)) return false;
  PlannedType& kept = child.overridden ? child : parent;
  PlannedType& changed = child.overridden ? parent : child;
  changed.overridden = kept.overridden;
  changed.choice.native = kept.choice.native;
  changed.choice.type = kept.choice.type;
  changed.choice.before = kept.choice.before;
  return true;
}

bool UnifyKey(TypePlan& types, const Table& table, const ForeignKey& key) {
  bool changed = false;
  for (size_t i = 0; i < std::min(key.columns.size(), key.parent_columns.size()); ++i) {
    const auto child = types.find({table.name, key.columns[i]});
    const auto parent = types.find({key.parent, key.parent_columns[i]});
    if (child == types.end() || parent == types.end() || child == parent) continue;
    changed = Unify(child->second, parent->second) || changed;
  }
  return changed;
}

/// Along chains of foreign keys a change travels one link a round.
void UnifyForeignKeys(const Catalog& catalog, TypePlan& types) {
  for (size_t round = 0; round <= catalog.tables.size(); ++round) {
    bool changed = false;
    for (const Table& table : catalog.tables) {
      for (const ForeignKey& key : table.foreign_keys) changed = UnifyKey(types, table, key) || changed;
    }
    if (!changed) return;
  }
}

bool HasOverride(const TypePlan& types) {
  return std::ranges::any_of(types, [](const auto& entry) { return entry.second.overridden; });
}

}  // namespace

Result<TypePlan> PlanTypes(const Conversion& conversion) {
  TypePlan types;
  const KeyUses uses = FindKeyUses(conversion.source);
  for (const Table& table : conversion.source.tables) {
    const TableNames& names = conversion.names.at(table.name);
    for (const CatalogColumn& column : table.columns) {
      if (names.dropped.contains(column.name)) continue;
      const auto use = uses.find({table.name, column.name});
      MIQ_ASSIGN(PlannedType type, Choose(conversion, table, column, use == uses.end() ? KeyUse{} : use->second));
      types[{table.name, column.name}] = std::move(type);
    }
  }
  if (!conversion.SameDialect() || HasOverride(types)) UnifyForeignKeys(conversion.source, types);
  return types;
}

}  // namespace migrateiq::detail
