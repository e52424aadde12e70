#include "pipeline/duck/detail/functions.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>

#include "base/errors/plan.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::duck::detail {

namespace {

using NameSet = std::set<std::string, std::less<>>;

/// Made constants by FreezeClock.
const NameSet& FrozenFunctions() {
  static const NameSet kNames = {
      "now",          "get_current_timestamp", "transaction_timestamp",  "today",
      "current_date", "get_current_time",      "current_localtimestamp", "current_localtime"};
  return kNames;
}

/// Marked as consistent by DuckDB, but they tell about the session, the program or the statement.
const NameSet& OutsideFunctions() {
  static const NameSet kNames = {"current_setting",          "getvariable",         "version",     "json_serialize_sql",
                                 "json_deserialize_sql",     "json_serialize_plan", "vector_type", "create_sort_key",
                                 "parse_duckdb_log_message", "can_cast_implicitly"};
  return kNames;
}

/// DuckDB's own macros over row-wise functions. Others expand to aggregates, unnest or the catalog.
bool IsRowWiseMacro(std::string_view name) {
  static const NameSet kNames = {"array_append",
                                 "array_intersect",
                                 "array_pop_back",
                                 "array_pop_front",
                                 "array_prepend",
                                 "array_push_back",
                                 "array_push_front",
                                 "array_reverse",
                                 "array_to_string",
                                 "date_add",
                                 "fdiv",
                                 "fmod",
                                 "json",
                                 "map_contains_entry",
                                 "map_contains_value",
                                 "md5_number_lower",
                                 "md5_number_upper",
                                 "nullif",
                                 "round_even",
                                 "roundbankers",
                                 "split_part",
                                 "array_to_string_comma_default"};
  return kNames.contains(name) || name.starts_with("list_");
}

struct Entry {
  std::string kind, stability;
};

using Catalogue = std::map<std::string, std::vector<Entry>, std::less<>>;

Result<Catalogue> ReadCatalogue(const Connection& connection) {
  const auto rows = connection.Texts(
      "SELECT DISTINCT function_name, function_type, coalesce(stability, '') FROM duckdb_functions() WHERE internal");
  if (!rows) return Fail(codes::kInternal, rows.error().message);
  Catalogue catalogue;
  for (const auto& row : *rows) catalogue[*row[0]].push_back({*row[1], *row[2]});
  return catalogue;
}

/// What DuckDB's own functions are. Asking takes some 20 ms, as all of them are listed each time. DuckDB is a part of
/// the program, and all databases are opened alike, so that what one says is so for all.
Result<const Catalogue*> OwnFunctions(const Connection& connection) {
  static std::mutex mutex;
  static std::optional<Catalogue> known;
  const std::lock_guard lock(mutex);
  if (!known) { MIQ_ASSIGN(known, ReadCatalogue(connection)); }
  return &*known;
}

/// Why the function may not be used; empty when it may. `scalar` and `table` functions can share a name (range).
std::string Objection(const std::string& name, const std::vector<Entry>& entries) {
  bool row_wise = false;
  for (const Entry& entry : entries) {
    if (entry.kind == "aggregate") return "the aggregate " + name + "()";
    if (entry.kind == "scalar" && entry.stability != "CONSISTENT") return name + "(), which is not deterministic";
    row_wise |= entry.kind == "scalar" || (entry.kind == "macro" && IsRowWiseMacro(name));
  }
  if (row_wise) return "";
  for (const Entry& entry : entries) {
    if (entry.kind.starts_with("table")) return "the table function " + name + "()";
  }
  return name + "(), which looks outside the row";
}

/// Those with a name (not operators), form by form.
constexpr const char* kCatalogue =
    "SELECT function_name, function_type, coalesce(stability, ''), coalesce(description, ''), coalesce(return_type, "
    "''), "
    "coalesce(array_to_string(parameters, chr(31)), ''), coalesce(array_to_string(parameter_types, chr(31)), ''), "
    "coalesce(varargs, '') FROM duckdb_functions() WHERE internal AND regexp_full_match(function_name, "
    "'[a-z][a-z0-9_]*') ORDER BY function_name, len(parameters), parameter_types";

std::vector<std::string> Parts(const std::string& joined) {
  std::vector<std::string> parts;
  size_t begin = 0;
  while (begin < joined.size()) {
    const size_t end = std::min(joined.find('\x1f', begin), joined.size());
    parts.push_back(joined.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

bool IsAllowed(const std::string& name, const std::vector<Entry>& entries) {
  if (FrozenFunctions().contains(name)) return true;
  if (OutsideFunctions().contains(name) || name == "unnest" || name == "unlist") return false;
  return Objection(name, entries).empty();
}

Status Refuse(const std::string& objection) { return Fail(codes::kExprForbidden, "it uses " + objection); }

Status CheckFunction(const Connection& connection, const FunctionUse& use, std::vector<std::string>& unknown) {
  if (FrozenFunctions().contains(use.name)) return {};
  if (OutsideFunctions().contains(use.name)) return Refuse(use.name + "(), which looks outside the row");
  if (use.name == "age" && use.arguments == 1) {
    return Refuse("age() with one argument, which reads the clock; write age(current_date, ...)");
  }
  if (use.name == "unnest" || use.name == "unlist") return Refuse("the table function " + use.name + "()");
  MIQ_ASSIGN(const Catalogue* own, OwnFunctions(connection));
  const auto entries = own->find(use.name);
  if (entries == own->end()) {
    unknown.push_back(use.name);
    return {};
  }
  const std::string objection = Objection(use.name, entries->second);
  return objection.empty() ? Status{} : Refuse(objection);
}

}  // namespace

Status FreezeClock(const Connection& connection, int64_t micros) {
  const std::string moment = "make_timestamp(" + std::to_string(micros) + ")";
  const std::string zoned = "make_timestamptz(" + std::to_string(micros) + ")";
  for (const std::string& name : FrozenFunctions()) {
    std::string value = zoned;
    if (name == "today" || name == "current_date") value = "CAST(" + moment + " AS DATE)";
    if (name == "current_localtimestamp") value = moment;
    if (name == "current_localtime" || name == "get_current_time") value = "CAST(" + moment + " AS TIME)";
    if (const auto made = connection.Run("CREATE MACRO " + name + "() AS " + value); !made) {
      return Fail(codes::kInternal, made.error().message);
    }
  }
  return {};
}

Status CheckFunctions(const Connection& connection, const std::vector<FunctionUse>& functions,
                      std::vector<std::string>& unknown, size_t* fault) {
  for (const FunctionUse& use : functions) {
    const Status checked = CheckFunction(connection, use, unknown);
    if (!checked && fault != nullptr) *fault = use.offset;
    MIQ_TRY(checked);
  }
  return {};
}

Result<std::vector<AllowedFunction>> AllowedFunctions(const Connection& connection) {
  const auto rows = connection.Texts(kCatalogue);
  if (!rows) return Fail(codes::kInternal, rows.error().message);
  Catalogue entries;
  for (const auto& row : *rows) entries[*row[0]].push_back({*row[1], *row[2]});
  std::vector<AllowedFunction> allowed;
  for (const auto& row : *rows) {
    const std::string& name = *row[0];
    if (!IsAllowed(name, entries[name])) continue;
    allowed.push_back({.name = name,
                       .description = *row[3],
                       .returns = *row[4],
                       .parameters = Parts(*row[5]),
                       .types = Parts(*row[6]),
                       .variadic = !row[7]->empty()});
  }
  return allowed;
}

}  // namespace migrateiq::duck::detail
