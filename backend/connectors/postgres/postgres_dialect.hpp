#pragma once

#include "pipeline/schema/dialect.hpp"

namespace migrateiq::postgres {

/// PostgreSQL's SQL. Stateless.
class PostgresDialect final : public Dialect {
 public:
  static const PostgresDialect& Instance();

  std::string_view name() const override { return "postgresql"; }
  int max_identifier_bytes() const override { return 63; }
  std::string PossibleTable(std::string_view name) const override { return name.empty() ? "_" : std::string(name); }
  std::string PossibleColumn(std::string_view name) const override;
  bool has_schemas() const override { return true; }
  std::string_view default_schema() const override { return "public"; }
  bool allows_no_columns() const override { return true; }
  bool folds_case() const override { return false; }
  bool requires_later() const override { return true; }
  DdlStep RequireStep(const TableName& table, const std::vector<std::string>& columns) const override;
  bool validates_foreign_keys() const override { return true; }
  ValueLimits limits() const override { return {.nul_in_text = false, .nul_in_json = false}; }

  using Dialect::Quote;
  std::string Quote(std::string_view identifier) const override;
  std::string QuoteLiteral(std::string_view text) const override;
  TypeChoice ChooseType(const CatalogColumn& source, const TypeContext& context) const override;
  Result<LogicalType> ParseType(std::string_view native) const override;
  const ExpressionRules& expressions() const override;
  const ValueSql* value_sql() const override;
  TextEquality EqualityOf(const CatalogColumn& column, std::string_view collation) const override;
  std::expected<Index, std::string> AdaptIndex(const Index& index, const Table& table) const override;
  std::string ExistsQuery(const DdlStep& step) const override;
  std::vector<DdlStep> CreateSteps(const Table& table) const override;
  std::vector<DdlStep> IndexSteps(const Table& table) const override;
  std::vector<DdlStep> ForeignKeySteps(const Table& table) const override;
  std::vector<DdlStep> FinishSteps(const Table& table) const override;
  std::vector<DdlStep> SequenceSteps(const Sequence& sequence) const override;
  std::string DropTable(const TableName& table) const override;
};

}  // namespace migrateiq::postgres
