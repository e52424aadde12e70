#pragma once

#include <string>

#include "base/errors/plan.hpp"
#include "pipeline/schema/dialect.hpp"
#include "pipeline/schema/expression.hpp"

/// Small dialects for the tests of this folder: shaped like the three kinds of systems, without their detail.
namespace migrateiq::test {

inline ExpressionRules PostgresLike() {
  return {.casts_with_colons = true,
          .functions = {{"lower", "lower($1)"},
                        {"upper", "upper($1)"},
                        {"char_length", "char_length($1)"},
                        {"coalesce", "COALESCE($*)"},
                        {"abs", "abs($1)"},
                        {"now", "CURRENT_TIMESTAMP($1)"},
                        {"substr", "substr($*)"},
                        {"trim", "btrim($1)"},
                        {"greatest", "GREATEST($*)"},
                        {"year", "EXTRACT(YEAR FROM $1)"},
                        {"mod", "mod($1, $2)"},
                        {"current_date", "CURRENT_DATE"}},
          .aliases = {{"length", "char_length"}, {"btrim", "trim"}},
          .cast_types = {{"text", "text"},
                         {"integer", "integer"},
                         {"decimal", "numeric"},
                         {"date", "date"},
                         {"timestamp", "timestamp"}}};
}

inline ExpressionRules MySqlLike() {
  return {.identifier_quote = '`',
          .backslash_escapes = true,
          .double_quote_is_string = true,
          .concat_with_pipes = false,
          .has_boolean = false,
          .expression_default_needs_parens = true,
          .functions = {{"lower", "LOWER($1)"},
                        {"upper", "UPPER($1)"},
                        {"char_length", "CHAR_LENGTH($1)"},
                        {"coalesce", "COALESCE($*)"},
                        {"abs", "ABS($1)"},
                        {"now", "CURRENT_TIMESTAMP($1)"},
                        {"substr", "SUBSTR($*)"},
                        {"trim", "TRIM($1)"},
                        {"greatest", "GREATEST($*)"},
                        {"year", "YEAR($1)"},
                        {"mod", "MOD($1, $2)"},
                        {"json_valid", "JSON_VALID($1)"},
                        {"current_date", "CURRENT_DATE"},
                        {"concat", "CONCAT($*)"}},
          .aliases = {{"length", "octet_length"}, {"curdate", "current_date"}, {"ifnull", "coalesce"}},
          .cast_types = {{"text", "CHAR"}, {"integer", "SIGNED"}, {"decimal", "DECIMAL"}}};
}

inline ExpressionRules SqliteLike() {
  return {.has_boolean = false,
          .expression_default_needs_parens = true,
          .functions = {{"lower", "lower($1)"},
                        {"char_length", "length($1)"},
                        {"coalesce", "coalesce($*)"},
                        {"abs", "abs($1)"},
                        {"now", "CURRENT_TIMESTAMP"},
                        {"substr", "substr($*)"},
                        {"current_date", "CURRENT_DATE"}},
          .aliases = {{"length", "char_length"}, {"ifnull", "coalesce"}},
          .cast_types = {{"text", "TEXT"}, {"integer", "INTEGER"}}};
}

/// A dialect whose types are the logical types' names ("int32", "string(10)" ...), enough for the converter.
class TestDialect : public Dialect {
 public:
  TestDialect(std::string name, ExpressionRules rules, bool schemas, int limit)
      : name_(std::move(name)), rules_(std::move(rules)), schemas_(schemas), limit_(limit) {}

  std::string_view name() const override { return name_; }
  int max_identifier_bytes() const override { return limit_; }
  bool has_schemas() const override { return schemas_; }
  bool computes_from_identity() const override { return name_ != "mysql"; }
  std::string_view default_schema() const override { return schemas_ ? "public" : ""; }
  bool folds_case() const override { return !schemas_; }

  std::string Quote(std::string_view identifier) const override {
    return rules_.identifier_quote + std::string(identifier) + rules_.identifier_quote;
  }
  std::string QuoteLiteral(std::string_view text) const override { return "'" + std::string(text) + "'"; }

  TypeChoice ChooseType(const CatalogColumn& source, const TypeContext& context) const override {
    LogicalType type = source.type;
    if (context.source_dialect == name_) return {.native = source.native, .type = type};
    if (type.kind == TypeKind::kEnum) type = LogicalType::String();
    if (type.kind == TypeKind::kString && context.in_key && !rules_.concat_with_pipes) type.length = 191;
    return {.native = ToString(type), .type = type};
  }

  Result<LogicalType> ParseType(std::string_view native) const override {
    if (native == "bool") return LogicalType::Of(TypeKind::kBool);
    if (native == "int64") return LogicalType::Of(TypeKind::kInt64);
    if (native == "text") return LogicalType::String();
    return Fail(codes::kSchemaType, "unknown type " + std::string(native));
  }

  const ExpressionRules& expressions() const override { return rules_; }

  std::expected<Index, std::string> AdaptIndex(const Index& index, const Table&) const override {
    if (index.method == "spatial") return std::unexpected("no spatial indexes");
    Index adapted = index;
    if (rules_.concat_with_pipes) {
      for (IndexPart& part : adapted.parts) part.prefix = 0;
    }
    return adapted;
  }

  std::vector<DdlStep> CreateSteps(const Table&) const override { return {}; }
  std::vector<DdlStep> IndexSteps(const Table&) const override { return {}; }
  std::vector<DdlStep> ForeignKeySteps(const Table&) const override { return {}; }
  std::vector<DdlStep> FinishSteps(const Table&) const override { return {}; }
  std::vector<DdlStep> SequenceSteps(const Sequence& sequence) const override {
    if (!schemas_) return {};
    return {{.kind = ObjectKind::kSequence, .name = sequence.name.name, .table = {}, .statements = {"CREATE"}}};
  }
  std::string DropTable(const TableName& table) const override { return "DROP TABLE " + table.name; }

 private:
  std::string name_;
  ExpressionRules rules_;
  bool schemas_;
  int limit_;
};

inline const TestDialect& Postgres() {
  static const TestDialect kDialect("postgresql", PostgresLike(), true, 63);
  return kDialect;
}
inline const TestDialect& MySql() {
  static const TestDialect kDialect("mysql", MySqlLike(), false, 64);
  return kDialect;
}
inline const TestDialect& Sqlite() {
  static const TestDialect kDialect("sqlite", SqliteLike(), false, 0);
  return kDialect;
}

}  // namespace migrateiq::test
