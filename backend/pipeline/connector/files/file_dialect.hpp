#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pipeline/schema/dialect.hpp"
#include "pipeline/schema/expression.hpp"

namespace migrateiq::files {

/// A logical type as files name it: ToString(type), with the labels of an enum or set, e.g. `enum('a','b')`.
std::string FormatType(const LogicalType& type);
/// The inverse; also understands SQL's usual names (integer, text, varchar(20), numeric(10,2) ...). Case-insensitive.
Result<LogicalType> ParseTypeName(std::string_view native);

/// The two statements that a FileTarget executes. Everything else about a table has no place in a file.
struct CreateStatement {
  TableName table;
  std::vector<std::pair<std::string, std::string>> columns;  ///< name and type
};
std::string WriteCreate(const Table& table);
std::optional<CreateStatement> ParseCreate(std::string_view statement);
std::optional<TableName> ParseDrop(std::string_view statement);

/// Files as a "system": types are kept as they are, there are no keys, indexes, sequences or schemas, names are exact.
/// A JSON column whose text may be laid out anew by the format is `parsed` (compared by value).
class FileDialect : public Dialect {
 public:
  FileDialect(std::string_view name, bool parsed_json) : name_(name), parsed_json_(parsed_json) {}

  std::string_view name() const override { return name_; }
  int max_identifier_bytes() const override { return 0; }
  /// A header's empty field is no name; only JSON has keys without a character.
  std::string PossibleColumn(std::string_view name) const override {
    return name.empty() && name_ != "jsonl" ? "_" : std::string(name);
  }
  bool has_schemas() const override { return false; }
  bool folds_case() const override { return false; }
  using Dialect::Quote;
  std::string Quote(std::string_view identifier) const override;
  std::string QuoteLiteral(std::string_view text) const override;

  TypeChoice ChooseType(const CatalogColumn& source, const TypeContext& context) const override;
  Result<LogicalType> ParseType(std::string_view native) const override;
  const ExpressionRules& expressions() const override;
  std::expected<Index, std::string> AdaptIndex(const Index& index, const Table& table) const override;

  std::vector<DdlStep> CreateSteps(const Table& table) const override;
  std::vector<DdlStep> IndexSteps(const Table&) const override { return {}; }
  std::vector<DdlStep> ForeignKeySteps(const Table&) const override { return {}; }
  std::vector<DdlStep> FinishSteps(const Table&) const override { return {}; }
  std::vector<DdlStep> SequenceSteps(const Sequence&) const override { return {}; }
  std::string DropTable(const TableName& table) const override;

 private:
  std::string_view name_;
  bool parsed_json_;
};

}  // namespace migrateiq::files
