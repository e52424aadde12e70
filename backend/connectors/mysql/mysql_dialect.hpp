#pragma once

#include "pipeline/schema/dialect.hpp"
#include "pipeline/schema/expression.hpp"

namespace migrateiq::mysql {

inline constexpr std::string_view kDialectName = "mysql";
inline constexpr int kMostNameCharacters = 64;
inline constexpr int kMostKeyBytes = 3072;  ///< InnoDB, DYNAMIC row format
/// What tables and text columns get that come from case-sensitive systems. A MySQL 8 server calls it
/// utf8mb4_0900_bin: the target rewrites it before execution, as this class cannot know the server.
inline constexpr std::string_view kBinaryCollation = "utf8mb4_nopad_bin";

/// MySQL and MariaDB share one dialect; what differs is rewritten by the target for its server (server_rewrite.hpp).
class MysqlDialect final : public Dialect {
 public:
  static const MysqlDialect& Instance();

  std::string_view name() const override { return kDialectName; }
  int max_identifier_bytes() const override { return kMostNameCharacters; }
  bool limits_characters() const override { return true; }
  std::string PossibleTable(std::string_view name) const override;
  std::string PossibleColumn(std::string_view name) const override { return PossibleTable(name); }
  bool has_schemas() const override { return false; }
  bool computes_from_identity() const override { return false; }
  /// Columns always; tables on servers with lower_case_table_names.
  bool folds_case() const override { return true; }
  /// Dates from 0000-01-01 to 9999-12-31.
  ValueLimits limits() const override {
    return {.nan = false,
            .infinity = false,
            .date_infinity = false,
            .negative_zero = false,
            .min_days = -719528,
            .max_days = 2932896};
  }

  using Dialect::Quote;
  std::string Quote(std::string_view identifier) const override;
  std::string QuoteLiteral(std::string_view text) const override;
  std::string MomentLiteral(std::string_view text) const override;

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

/// The declared type split: "decimal(12,2) unsigned zerofill" -> base "decimal", arguments {12, 2}, is_unsigned.
struct NativeType {
  std::string base;                    ///< lower case, words joined by one blank ("double precision")
  std::vector<std::string> arguments;  ///< numbers, or unquoted labels
  bool is_unsigned = false;
  std::string charset, collation;
};
NativeType ParseNative(std::string_view native);
/// LONGTEXT, BLOB, JSON ...: stored outside the row, indexed only by prefix.
bool IsLargeObject(const NativeType& type);
/// Most bytes that a column of this type takes in an index.
int64_t KeyBytes(const NativeType& type);

/// Our names for a replaced table, at most 64 characters: "_miq_new_<run>_<name>" and "_miq_old_<run>_<name>".
std::string ShadowPrefix();
std::string AsidePrefix();
std::string DerivedName(std::string_view prefix, std::string_view name, std::string_view run_id);
/// The name cut to 64 characters, with a hash of the whole name at its end when it was longer.
std::string ShortenName(const std::string& name);
std::string ShortHash(std::string_view text);  ///< 8 hex digits

}  // namespace migrateiq::mysql
