#include "pipeline/duck/expression_check.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cstdlib>
#include <set>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"
#include "pipeline/duck/database.hpp"
#include "pipeline/duck/detail/batch_scan.hpp"
#include "pipeline/duck/detail/functions.hpp"
#include "pipeline/duck/detail/inspect.hpp"
#include "pipeline/duck/detail/names.hpp"
#include "pipeline/duck/types.hpp"

namespace migrateiq {

namespace {

namespace json = boost::json;
using duck::detail::Inspected;
using duck::detail::Renamed;

constexpr std::string_view kBefore = "SELECT (";
constexpr int kMegabytes = 64;

std::optional<size_t> Known(size_t offset) {
  return offset == std::string::npos ? std::nullopt : std::optional(offset);
}

/// DuckDB looks past blanks other than the ASCII one by putting that in their place, which moves all that follows. As
/// many blanks as they have bytes keep every byte where it is. Quoted text stays.
std::string WithPlainBlanks(std::string sql) {
  char quote = 0;
  for (size_t i = 0; i < sql.size(); ++i) {
    if (quote != 0 || sql[i] == '\'' || sql[i] == '"') {
      if (quote == 0)
        quote = sql[i];
      else if (sql[i] == quote)
        quote = 0;
      continue;
    }
    const std::string_view rest = std::string_view(sql).substr(i);
    const bool wide = rest.starts_with("\u00a0");
    const bool wider =
        rest.starts_with("\u3000") || rest.starts_with("\u202f") || rest.starts_with("\u205f") ||
        (rest.size() >= 3 && rest.starts_with("\xe2\x80") && static_cast<unsigned char>(rest[2]) <= 0x8a);
    if (wide || wider) sql.replace(i, wide ? 2 : 3, wide ? 2 : 3, ' ');
  }
  return sql;
}

/// What the binder objects to, from its error as JSON: its words without the list of candidates, and the byte.
ExpressionFault BinderFault(const std::string& said, const std::vector<Renamed>& renamed) {
  json::error_code failed;
  const json::value parsed = json::parse(said, failed);
  const json::object* object = failed ? nullptr : parsed.if_object();
  const auto text = [object](const char* name) {
    const json::value* value = object != nullptr ? object->if_contains(name) : nullptr;
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
  };
  std::string message = object != nullptr ? text("exception_message") : said;
  message.resize(std::min(message.find("\n\tCandidate"), message.size()));
  std::ranges::replace(message, '\n', ' ');
  ExpressionFault fault{Error(codes::kExprSyntax, std::move(message)), std::nullopt};
  const std::string position = text("position");
  if (position.empty()) return fault;
  size_t offset = std::strtoull(position.c_str(), nullptr, 10);
  if (offset < kBefore.size()) return fault;
  offset -= kBefore.size();
  for (auto one = renamed.rbegin(); one != renamed.rend() && one->offset < offset; ++one)
    offset = std::max(one->offset, offset + one->before - one->after);
  fault.offset = offset;
  return fault;
}

/// A database of its own, with the functions that plans have.
struct Checker {
  static Result<Checker> Open() {
    MIQ_ASSIGN(duck::Database database, duck::Database::Open({.memory_megabytes = kMegabytes}));
    MIQ_ASSIGN(duck::Connection connection, database.Connect());
    MIQ_TRY(duck::detail::FreezeClock(connection, 0));
    return Checker{nullptr, std::move(database), std::move(connection)};
  }

  std::unique_ptr<duck::detail::BatchScan> scan;  // before the database: the database's function points to it
  duck::Database database;
  duck::Connection connection;
};

/// Binds the expression over the schema's columns. It is not evaluated.
Result<CheckedExpression> Bind(Checker& checker, const SchemaPtr& schema, const std::string& sql,
                               const Inspected& inspected) {
  CheckedExpression checked;
  std::vector<std::string> names = duck::detail::DistinctNames(*schema);
  std::vector<Renamed> renamed;
  const auto named = duck::detail::WithNames(sql, inspected.columns, *schema, names, &renamed);
  if (!named) {
    checked.faults.push_back({named.error(), std::nullopt});
    return checked;
  }
  std::set<int> used;
  for (const duck::detail::ColumnUse& use : inspected.columns) used.insert(use.column);
  checker.scan =
      std::make_unique<duck::detail::BatchScan>(schema, std::move(names), std::vector<int>(used.begin(), used.end()));
  MIQ_TRY(checker.scan->Register(checker.connection));
  if (const auto set = checker.connection.Run("SET errors_as_json = true"); !set)
    return Fail(codes::kInternal, set.error().message);
  const auto statement = checker.connection.Prepare(std::string(kBefore) + *named + "\n) FROM miq_rows()");
  if (!statement) {
    checked.faults.push_back(BinderFault(statement.error().message, renamed));
    return checked;
  }
  checked.type = duck::HowToRead(statement->column_type(0)).type;
  return checked;
}

std::string Form(const duck::detail::AllowedFunction& function) {
  std::string form = function.name + "(";
  for (size_t i = 0; i < function.parameters.size(); ++i) {
    form += (i > 0 ? ", " : "") + function.parameters[i];
    if (i < function.types.size()) form += " " + function.types[i];
  }
  if (function.variadic) form += function.parameters.empty() ? "..." : ", ...";
  return form + (function.returns.empty() ? ")" : ") -> " + function.returns);
}

/// Written like functions, but part of the language: the catalogue has them not.
std::vector<ExpressionFunction> LanguageForms() {
  return {{"cast",
           "Converts the value to the type; fails on a row where that is not possible.",
           {"value", "type"},
           {"cast(value AS type)"}},
          {"coalesce", "The first of the values that is not NULL.", {"value", "..."}, {"coalesce(value, ...)"}},
          {"extract",
           "A part of a date or time: year, month, day, hour, dow, epoch ...",
           {"part", "date"},
           {"extract(part FROM date)"}},
          {"try_cast",
           "Converts the value to the type; NULL where that is not possible.",
           {"value", "type"},
           {"try_cast(value AS type)"}}};
}

constexpr size_t kMostForms = 12;

void Add(const duck::detail::AllowedFunction& function, std::vector<ExpressionFunction>& list) {
  if (list.empty() || list.back().name != function.name) list.push_back({.name = function.name});
  ExpressionFunction& last = list.back();
  if (last.description.empty()) last.description = function.description;
  if (function.parameters.size() >= last.parameters.size()) last.parameters = function.parameters;
  if (last.forms.size() < kMostForms) last.forms.push_back(Form(function));
}

Result<std::vector<ExpressionFunction>> ReadFunctions() {
  MIQ_ASSIGN(const duck::Database database, duck::Database::Open({.memory_megabytes = kMegabytes}));
  MIQ_ASSIGN(const duck::Connection connection, database.Connect());
  MIQ_ASSIGN(const auto allowed, duck::detail::AllowedFunctions(connection));
  std::vector<ExpressionFunction> list;
  for (const duck::detail::AllowedFunction& function : allowed) Add(function, list);
  for (ExpressionFunction& form : LanguageForms()) list.push_back(std::move(form));
  std::ranges::sort(list, {}, &ExpressionFunction::name);
  return list;
}

class DuckColumns final : public ExpressionColumns {
 public:
  explicit DuckColumns(Checker checker) : checker_(std::move(checker)) {}

  Result<std::vector<int>> Of(const std::string& sql, const Schema& schema) override {
    MIQ_ASSIGN(const Inspected inspected, duck::detail::Inspect(checker_.connection, sql, schema));
    std::set<int> used;
    for (const duck::detail::ColumnUse& use : inspected.columns) used.insert(use.column);
    return std::vector<int>(used.begin(), used.end());
  }

 private:
  Checker checker_;
};

}  // namespace

Result<std::vector<ExpressionFunction>> ListExpressionFunctions() {
  static const Result<std::vector<ExpressionFunction>> kFunctions = ReadFunctions();
  return kFunctions;
}

Result<CheckedExpression> CheckExpression(const SchemaPtr& schema, const std::string& written) {
  MIQ_ASSIGN(Checker checker, Checker::Open());
  const std::string sql = WithPlainBlanks(written);
  CheckedExpression checked;
  size_t fault = std::string::npos;
  auto inspected = duck::detail::Inspect(checker.connection, sql, *schema, &fault);
  std::vector<std::string> unknown;
  const Status functions =
      inspected ? duck::detail::CheckFunctions(checker.connection, inspected->functions, unknown, &fault) : Status();
  if (!inspected || !functions) {
    checked.faults.push_back({inspected ? functions.error() : inspected.error(), Known(fault)});
    return checked;
  }
  MIQ_ASSIGN(checked, Bind(checker, schema, sql, *inspected));
  if (checked.type && !unknown.empty())
    checked = {std::nullopt, {{Error(codes::kExprForbidden, "it uses " + unknown.front() + "()"), std::nullopt}}};
  return checked;
}

Result<std::unique_ptr<ExpressionColumns>> ExpressionColumns::Open() {
  MIQ_ASSIGN(Checker checker, Checker::Open());
  return std::make_unique<DuckColumns>(std::move(checker));
}

}  // namespace migrateiq
