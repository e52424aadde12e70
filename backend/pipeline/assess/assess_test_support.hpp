#pragma once

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/assess/assess.hpp"
#include "pipeline/connector/connector.hpp"

/// A tidy shop of two tables in MariaDB that goes to PostgreSQL: nothing is wrong with it until a test makes it so.
namespace migrateiq::test {

inline const Dialect& DialectOf(std::string_view scheme) { return (*Registry::Instance().Find(scheme))->dialect(); }

inline CatalogColumn MakeColumn(std::string name, std::string native, LogicalType type, bool nullable = true) {
  return {.name = std::move(name), .native = std::move(native), .type = std::move(type), .nullable = nullable};
}

inline Index KeyOver(std::string column) {
  return {.unique = true, .constraint = true, .parts = {{.column = std::move(column)}}};
}

inline QualityFact AllGood(int64_t rows) { return {rows, rows, "everything"}; }

inline ColumnProfile ProfileOf(const CatalogColumn& column, ValueFamily family, int64_t rows) {
  ColumnProfile profile{.name = column.name, .declared_type = column.native, .family = family};
  profile.nullable = column.nullable;
  profile.count = profile.sampled = rows;
  profile.distinct.value = rows / 2;
  profile.quality.completeness = profile.quality.validity = AllGood(rows);
  return profile;
}

inline SemanticProfile Meaning(const char* kind, bool personal) {
  return {.kind = kind, .confidence = 0.97, .evidence = {"values look so"}, .is_pii = personal};
}

class Shop {
 public:
  static constexpr int64_t kRows = 1000;

  Shop() {
    AddTable("customer", {MakeColumn("customer_no", "int(11)", LogicalType::Of(TypeKind::kInt32), false),
                          MakeColumn("city", "varchar(80)", LogicalType::String(80)),
                          MakeColumn("joined", "date", LogicalType::Of(TypeKind::kDate), false)});
    AddTable("purchase", {MakeColumn("purchase_no", "int(11)", LogicalType::Of(TypeKind::kInt32), false),
                          MakeColumn("customer_no", "int(11)", LogicalType::Of(TypeKind::kInt32), false),
                          MakeColumn("weight", "double", LogicalType::Of(TypeKind::kDouble))});
    catalog.tables[1].foreign_keys.push_back({.name = "fk_customer",
                                              .columns = {"customer_no"},
                                              .parent = catalog.tables[0].name,
                                              .parent_columns = {"customer_no"}});
  }

  CatalogColumn& Column(size_t table, size_t column) { return catalog.tables[table].columns[column]; }
  ColumnProfile& Profiled(size_t table, size_t column) { return profile.tables[table].columns[column]; }
  /// Makes column 1 of the customers of another type, with a profile of the family.
  void Retype(const std::string& native, const LogicalType& type, ValueFamily family) {
    Column(0, 1).native = native;
    Column(0, 1).type = type;
    Profiled(0, 1) = ProfileOf(Column(0, 1), family, kRows);
  }

  Assessment Assess() const {
    AssessInput input{.catalog = &catalog, .dialect = &DialectOf(source)};
    if (with_profile) input.profile = &profile;
    for (const char* target : targets) input.targets.push_back({&DialectOf(target), target});
    input.target_chosen = !targets.empty();
    return migrateiq::Assess(input, options);
  }

  Catalog catalog;
  Profile profile{.source = "mysql://db/shop", .moment = "a moment", .started_at = "2026-11-23T09:00:00Z"};
  AssessOptions options{.name = "shop", .tool = "MigrateIQ test"};
  std::string source = "mysql";
  std::vector<const char*> targets = {"postgresql"};
  bool with_profile = true;

 private:
  void AddTable(const std::string& name, std::vector<CatalogColumn> columns) {
    Table table{.name = {"", name}, .columns = std::move(columns)};
    table.primary_key = KeyOver(table.columns.front().name);
    TableProfile looked{.name = name, .rows = kRows, .bytes = 64'000};
    looked.sample = {.rows = kRows, .basis = Basis::all_rows, .method = "all rows"};
    looked.primary_key = {table.columns.front().name};
    for (const CatalogColumn& column : table.columns) {
      looked.columns.push_back(migrateiq::test::ProfileOf(column, FamilyOf(column), kRows));
    }
    catalog.tables.push_back(std::move(table));
    profile.tables.push_back(std::move(looked));
  }
  static ValueFamily FamilyOf(const CatalogColumn& column) {
    if (column.type.kind == TypeKind::kString) return ValueFamily::text;
    return column.type.kind == TypeKind::kDate ? ValueFamily::date : ValueFamily::number;
  }
};

/// Null when the assessment does not tell of it.
inline const Risk* FindRisk(const Assessment& assessment, std::string_view kind) {
  const auto found = std::ranges::find(assessment.risks, kind, &Risk::kind);
  return found == assessment.risks.end() ? nullptr : &*found;
}

}  // namespace migrateiq::test
