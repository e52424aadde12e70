#pragma once

#include "pipeline/schema/dialect.hpp"

namespace migrateiq::sqlite {

/// SQL as SQLite 3.31 and later speaks it. Constraints are part of CREATE TABLE: they cannot be added later.
class SqliteDialect final : public Dialect {
 public:
  using Dialect::Quote;

  std::string_view name() const override { return "sqlite"; }
  int max_identifier_bytes() const override { return 0; }
  std::string PossibleTable(std::string_view name) const override;
  bool has_schemas() const override { return false; }
  bool folds_case() const override { return true; }

  std::string Quote(std::string_view identifier) const override;
  std::string QuoteLiteral(std::string_view text) const override;

  TypeChoice ChooseType(const CatalogColumn& source, const TypeContext& context) const override;
  Result<LogicalType> ParseType(std::string_view native) const override;
  /// A NaN would be stored as NULL, and -0.0 as the integer 0.
  ValueLimits limits() const override { return {.nan = false, .negative_zero = false}; }
  bool keeps_any_value() const override { return true; }
  const ExpressionRules& expressions() const override;
  const ValueSql* value_sql() const override;
  TextEquality EqualityOf(const CatalogColumn& column, std::string_view collation) const override;
  std::expected<Index, std::string> AdaptIndex(const Index& index, const Table& table) const override;

  std::vector<DdlStep> CreateSteps(const Table& table) const override;
  std::vector<DdlStep> IndexSteps(const Table& table) const override;
  std::vector<DdlStep> ForeignKeySteps(const Table&) const override { return {}; }
  std::vector<DdlStep> FinishSteps(const Table& table) const override;
  std::vector<DdlStep> SequenceSteps(const Sequence&) const override { return {}; }
  std::string DropTable(const TableName& table) const override;
};

const SqliteDialect& TheDialect();

}  // namespace migrateiq::sqlite
