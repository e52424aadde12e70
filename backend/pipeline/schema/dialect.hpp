#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq {

struct ExpressionRules;  // schema/expression.hpp: how a dialect spells identifiers, functions and operators

/// What a target makes of a source column.
struct TypeChoice {
  std::string native;               ///< type as written in the target's DDL
  LogicalType type;                 ///< what the target's reader yields for `native` (and its writer takes)
  std::string note;                 ///< for the report when something is not carried over exactly; may be empty
  std::vector<std::string> before;  ///< statements needed first (CREATE TYPE ... AS ENUM); idempotent where possible
};

/// What the type chooser may look at besides the column.
struct TypeContext {
  const Table* table = nullptr;     ///< the source table, never null when called by the converter
  std::string_view source_dialect;  ///< "postgresql", "mysql", "sqlite", "csv", ...
  bool in_key = false;              ///< part of a primary key, unique or secondary index, or foreign key
  bool in_unique = false;           ///< part of a primary key or unique index
  int key_parts = 1;                ///< most parts of an index it belongs to (they share the key length limit)
};

/// Values that a system cannot hold although the logical type could. The cast layer turns them into findings.
struct ValueLimits {
  bool nul_in_text = true;       ///< U+0000 inside text
  bool nul_in_json = true;       ///< \\u0000 inside (parsed) JSON strings
  bool nan = true;               ///< NaN in float, double, decimal
  bool infinity = true;          ///< infinities in float, double, decimal
  bool date_infinity = true;     ///< infinity in date and timestamps
  bool negative_zero = true;     ///< -0.0 keeps its sign
  bool json_null = true;         ///< the JSON value null is another than NULL
  int32_t min_days = INT32_MIN;  ///< earliest and latest date (days since 1970-01-01), also of timestamps
  int32_t max_days = INT32_MAX;
  bool parsed_json_last_key = true;  ///< a duplicate key in kJson `parsed` keeps the last value
};

/// Which texts a unique key takes for equal, beyond equal bytes.
struct TextEquality {
  bool trailing_blanks = true;  ///< they count
  /// SQL over the literal `$1` with the same value for texts that compare equal; empty = the bytes decide.
  std::string sql;

  bool operator==(const TextEquality&) const = default;
};

/// How a dialect's SQL asks about stored values, so that the answer is the one that reading the rows gives. `$1` stands
/// for a column. What is empty or false cannot be asked: then the rows are read.
struct ValueSql {
  std::string text;         ///< a text that compares by the bytes of its UTF-8
  std::string text_odd;     ///< true for what is read as no text
  std::string integer_odd;  ///< true for what is read as no integer
  std::string number_odd;   ///< true for what is read as no number
  std::string unordered;    ///< true for a number that has no order (NaN)
  std::string moment_odd;   ///< true for what is read as no date
  bool decimals = true;     ///< decimals compare by value
  bool moments = true;      ///< dates and timestamps compare as moments, also with a literal
  int32_t longest_key = 0;  ///< texts that may be longer are not grouped by the whole of them; 0 = any length
  std::string regex;        ///< `$2` is the literal of a pattern of the subset that all engines read alike
  std::string regex_end;    ///< how such a pattern says the end of the text
  std::string alone;        ///< before the name of a table without partitions: rows of its heirs are not its own
};

enum class ObjectKind : uint8_t {
  kSchema,
  kTable,
  kColumn,
  kType,
  kSequence,
  kPrimaryKey,
  kUnique,
  kIndex,
  kCheck,
  kForeignKey,
  kComment,
  kStatistics
};
/// "primary key", "foreign key", ...: as in the report's `objects`.
const char* ToString(ObjectKind kind);

/// One object of the target and the statements that make it. Executed in order; each step is idempotent or journalled.
struct DdlStep {
  ObjectKind kind = ObjectKind::kTable;
  std::string name;
  TableName table;
  std::vector<std::string> statements;
};

/// A system's SQL: names, types, DDL. Pure and stateless: no connection, no side effect, safe from any thread.
class Dialect {
 public:
  virtual ~Dialect() = default;

  virtual std::string_view name() const = 0;
  virtual int max_identifier_bytes() const = 0;             ///< 0 = no limit
  virtual bool limits_characters() const { return false; }  ///< that limit counts characters
  /// The nearest name that this system can have: some are its own, some characters it does not take.
  virtual std::string PossibleTable(std::string_view name) const { return std::string(name); }
  virtual std::string PossibleColumn(std::string_view name) const { return std::string(name); }
  virtual bool has_schemas() const = 0;
  virtual std::string_view default_schema() const { return ""; }  ///< "public"
  virtual bool allows_no_columns() const { return false; }        ///< a table may have no columns at all
  /// Generated columns and checks may name a column that gives out numbers.
  virtual bool computes_from_identity() const { return true; }
  /// Two identifiers that differ only in case are the same table or column to this system.
  virtual bool folds_case() const = 0;

  virtual std::string Quote(std::string_view identifier) const = 0;
  virtual std::string QuoteLiteral(std::string_view text) const = 0;
  /// A moment in SQL; `text` is UTC and ends in its zone, as text::AppendTimestampTz writes it.
  virtual std::string MomentLiteral(std::string_view text) const { return QuoteLiteral(text); }
  std::string Quote(const TableName& table) const {
    return table.schema.empty() ? Quote(table.name) : Quote(table.schema) + "." + Quote(table.name);
  }

  /// The type for a column that comes from elsewhere; for a column of the same dialect, the same type.
  virtual TypeChoice ChooseType(const CatalogColumn& source, const TypeContext& context) const = 0;
  /// A column may hold values of any type, whatever it is declared as: like to like they travel as kAny.
  virtual bool keeps_any_value() const { return false; }
  /// A query with a row when the step's object is there already; empty for kinds that no run finds before it.
  virtual std::string ExistsQuery(const DdlStep& /*step*/) const { return ""; }
  /// What this system's reader yields for a declared type (also for a plan's `types: to:`). kSchemaType when unknown.
  virtual Result<LogicalType> ParseType(std::string_view native) const = 0;
  virtual ValueLimits limits() const { return {}; }
  virtual const ExpressionRules& expressions() const = 0;
  /// Null: nothing can be asked in SQL.
  virtual const ValueSql* value_sql() const { return nullptr; }
  /// How a text column of this dialect's catalog compares in a key. `collation` is the index part's own, mostly empty.
  virtual TextEquality EqualityOf(const CatalogColumn& /*column*/, std::string_view /*collation*/) const { return {}; }

  /// An index of another dialect as this one can have it (method, prefix, partial, include ... adapted), or the reason
  /// why it must be made by hand. `table` is the converted target table.
  virtual std::expected<Index, std::string> AdaptIndex(const Index& index, const Table& table) const = 0;

  /// Schemas, types and the table as it must be while it is loaded (with those constraints that can only be made now).
  virtual std::vector<DdlStep> CreateSteps(const Table& table) const = 0;
  /// Everything CreateSteps left out except foreign keys: primary key, unique, indexes, checks, comments; one step
  /// each.
  virtual std::vector<DdlStep> IndexSteps(const Table& table) const = 0;
  /// A column can be made NOT NULL without writing the table again (`RequireStep`).
  virtual bool requires_later() const { return false; }
  virtual DdlStep RequireStep(const TableName& /*table*/, const std::vector<std::string>& /*columns*/) const {
    return {};
  }
  /// Adding a foreign key checks the rows that are there. False: the engine looks for orphans first.
  virtual bool validates_foreign_keys() const { return false; }
  virtual std::vector<DdlStep> ForeignKeySteps(const Table& table) const = 0;
  /// Sets identity counters past the data and gathers statistics; run last.
  virtual std::vector<DdlStep> FinishSteps(const Table& table) const = 0;
  virtual std::vector<DdlStep> SequenceSteps(const Sequence& sequence) const = 0;
  virtual std::string DropTable(const TableName& table) const = 0;  ///< IF EXISTS
};

}  // namespace migrateiq
