#include "pipeline/duck/detail/inspect.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "base/errors/plan.hpp"
#include "base/nearest.hpp"

namespace migrateiq::duck::detail {

namespace {

namespace json = boost::json;

constexpr std::string_view kPrefix = "SELECT ";
constexpr int kMostNesting = 2000;  // levels of the tree as JSON; DuckDB's own limit is lower for any real expression

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char letter) {
    return letter < 0x80 ? static_cast<char>(std::tolower(letter)) : static_cast<char>(letter);
  });
  return lower;
}

std::string Text(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool IsEmpty(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr || value->is_null()) return true;
  return value->is_array() && value->as_array().empty();
}

/// Words that SQL reads as function calls when no column has the name.
bool IsValueKeyword(const std::string& lower) {
  static const std::set<std::string, std::less<>> kWords = {
      "current_catalog", "current_date", "current_role",   "current_schema", "current_time", "current_timestamp",
      "current_user",    "localtime",    "localtimestamp", "session_user",   "user"};
  return kWords.contains(lower);
}

/// Nodes that compute a value from one row.
bool IsRowWise(std::string_view kind) {
  static const std::set<std::string_view> kKinds = {"BETWEEN",    "CASE",       "CAST",       "COLLATE",
                                                    "COLUMN_REF", "CONSTANT",   "FUNCTION",   "LAMBDA",
                                                    "OPERATOR",   "COMPARISON", "CONJUNCTION"};
  return kKinds.contains(kind);
}

std::string Describe(const json::object& node, const std::string& kind) {
  if (kind == "WINDOW") return "the window function " + Text(node, "function_name") + "() OVER";
  if (kind == "SUBQUERY") return "a subquery";
  if (kind == "STAR") return "* or COLUMNS(...)";
  if (kind == "PARAMETER") return "the parameter $" + Text(node, "identifier");
  if (kind == "POSITIONAL_REFERENCE") return "a column by its position (#n)";
  return Lower(kind);
}

class Walker {
 public:
  explicit Walker(const Schema& schema) : schema_(schema) {}

  Status Walk(const json::value& value) {
    if (value.is_array()) return WalkAll(value.as_array());
    if (!value.is_object()) return {};
    const json::object& object = value.as_object();
    const std::string kind = Text(object, "class");
    if (kind.empty()) return WalkMembers(object);
    if (!IsRowWise(kind)) return FailAt(object, Error(codes::kExprForbidden, "it uses " + Describe(object, kind)));
    if (kind == "COLUMN_REF") return AddColumn(object);
    if (kind == "LAMBDA") return WalkLambda(object);
    if (kind == "CONSTANT") return {};
    if (kind == "FUNCTION") MIQ_TRY(AddFunction(object));
    return WalkMembers(object);
  }

  Inspected Take() { return std::move(found_); }
  /// Where the error is that Walk returned.
  size_t fault() const { return fault_; }

 private:
  std::unexpected<Error> FailAt(const json::object& node, Error error) {
    fault_ = Offset(node);
    return Fail(std::move(error));
  }

  Status WalkAll(const json::array& values) {
    for (const json::value& value : values) MIQ_TRY(Walk(value));
    return {};
  }

  Status WalkMembers(const json::object& object) {
    for (const auto& member : object) MIQ_TRY(Walk(member.value()));
    return {};
  }

  /// `x -> x + 1`, but also `document -> 'key'`: a name on the left is a parameter within, and may be a column as well.
  Status WalkLambda(const json::object& node) {
    std::vector<std::string> names;
    CollectNames(node.at("lhs"), names);
    const size_t outer = bound_.size();
    bound_.insert(bound_.end(), names.begin(), names.end());
    MIQ_TRY(Walk(node.at("expr")));
    if (!AllColumns(names)) {
      bound_.resize(outer);
      return {};
    }
    bound_.resize(outer);
    return Walk(node.at("lhs"));
  }

  bool AllColumns(const std::vector<std::string>& names) const {
    return std::ranges::all_of(names, [&](const std::string& name) { return Resolve(name).value_or(-1) >= 0; });
  }

  static void CollectNames(const json::value& value, std::vector<std::string>& names) {
    if (value.is_array()) {
      for (const json::value& one : value.as_array()) CollectNames(one, names);
    } else if (value.is_object()) {
      const json::object& object = value.as_object();
      if (Text(object, "class") == "COLUMN_REF")
        names.push_back(FirstPart(object));
      else
        for (const auto& member : object) CollectNames(member.value(), names);
    }
  }

  static std::string FirstPart(const json::object& node) {
    const json::array& parts = node.at("column_names").as_array();
    return parts.empty() ? std::string() : std::string(parts.front().as_string());
  }

  Status AddFunction(const json::object& node) {
    const json::array& children = node.at("children").as_array();
    const std::string owner = Text(node, "schema"), catalog = Text(node, "catalog");
    size_t arguments = children.size();
    if (!catalog.empty() || (!owner.empty() && owner != "main")) {
      const std::optional<int> column = catalog.empty() && !IsCatalog(Lower(owner)) ? Resolve(owner) : -1;
      if (column.value_or(-1) < 0) {
        return FailAt(node, Error(codes::kExprForbidden, "it uses " + (catalog.empty() ? owner : catalog) + "." +
                                                             Text(node, "function_name") +
                                                             "(): functions are named without a schema"));
      }
      found_.columns.push_back({owner, *column, std::string::npos});  // column.function(...)
      ++arguments;
    }
    found_.functions.push_back({Lower(Text(node, "function_name")), arguments, Offset(node)});
    return {};
  }

  static bool IsCatalog(const std::string& lower) {
    static const std::set<std::string, std::less<>> kCatalogs = {"main",       "memory", "system",
                                                                 "pg_catalog", "temp",   "information_schema"};
    return kCatalogs.contains(lower);
  }

  Status AddColumn(const json::object& node) {
    const std::string name = FirstPart(node);
    if (std::ranges::find(bound_, name) != bound_.end()) return {};
    const std::optional<int> column = Resolve(name);
    if (!column) {
      return FailAt(node,
                    Error(codes::kExprSyntax, "'" + name + "' could be several columns that differ in case only"));
    }
    if (*column >= 0) {
      found_.columns.push_back({name, *column, Offset(node)});
      return {};
    }
    if (IsValueKeyword(Lower(name))) {
      found_.functions.push_back({KeywordFunction(Lower(name)), 0, Offset(node)});
      return {};
    }
    return FailAt(node, Error(codes::kExprSyntax, "there is no column '" + name + "'" + DidYouMean(name, Names())));
  }

  static std::string KeywordFunction(const std::string& keyword) {
    if (keyword == "current_timestamp") return "get_current_timestamp";
    if (keyword == "current_time") return "get_current_time";
    if (keyword == "localtime") return "current_localtime";
    if (keyword == "localtimestamp") return "current_localtimestamp";
    return keyword;
  }

  static size_t Offset(const json::object& node) {
    const json::value* value = node.if_contains("query_location");
    json::error_code failed;
    const auto location = value != nullptr ? value->to_number<uint64_t>(failed) : UINT64_MAX;
    if (failed || location == UINT64_MAX || location < kPrefix.size()) return std::string::npos;
    return static_cast<size_t>(location) - kPrefix.size();
  }

  /// Its index, -1 when there is none, nullopt when several fit equally well.
  std::optional<int> Resolve(const std::string& name) const {
    if (const int exact = schema_.IndexOf(name); exact >= 0) return exact;
    int found = -1;
    for (size_t i = 0; i < schema_.fields.size(); ++i) {
      if (Lower(schema_.fields[i].name) != Lower(name)) continue;
      if (found >= 0) return std::nullopt;
      found = static_cast<int>(i);
    }
    return found;
  }

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const Field& field : schema_.fields) names.push_back(field.name);
    return names;
  }

  const Schema& schema_;
  std::vector<std::string> bound_;  ///< names of lambda parameters in scope
  Inspected found_;
  size_t fault_ = std::string::npos;
};

Result<std::string> ParseTree(const Connection& connection, const std::string& sql) {
  const auto rows = connection.Texts("SELECT json_serialize_sql(" + Literal(std::string(kPrefix) + sql) + ")");
  if (!rows) return Fail(codes::kExprSyntax, rows.error().message);
  if (rows->empty() || !rows->front().front()) return Fail(codes::kExprSyntax, "it cannot be parsed");
  return *rows->front().front();
}

Result<json::value> ParseJson(const std::string& text) {
  json::parse_options options;
  options.max_depth = kMostNesting;
  json::error_code failed;
  json::value tree = json::parse(text, failed, {}, options);
  if (failed || !tree.is_object()) return Fail(codes::kExprSyntax, "it is nested too deeply");
  return tree;
}

/// The byte at which the character with this number begins.
size_t ByteOf(std::string_view utf8, size_t character) {
  size_t at = 0;
  for (; at < utf8.size(); ++at) {
    const bool begins = (static_cast<unsigned char>(utf8[at]) & 0xC0) != 0x80;
    if (begins && character-- == 0) break;
  }
  return at;
}

/// The parser counts characters, all that comes after it counts bytes.
Status RefuseParserError(const json::object& tree, const std::string& sql, size_t& fault) {
  const json::value* error = tree.if_contains("error");
  if (error == nullptr || !error->is_bool() || !error->as_bool()) return {};
  std::string message = Text(tree, "error_message");
  if (message == "SELECT clause without selection list") message = "it is empty";
  const std::string position = Text(tree, "position");
  if (!position.empty() && std::stoul(position) >= kPrefix.size()) {
    const size_t character = std::stoul(position) - kPrefix.size();
    message += " (at character " + std::to_string(character + 1) + ")";
    fault = ByteOf(sql, character);
  }
  return Fail(codes::kExprSyntax, message);
}

bool IsBareSelect(const json::object& node) {
  const json::value* from = node.if_contains("from_table");
  return Text(node, "type") == "SELECT_NODE" && IsEmpty(node, "modifiers") && IsEmpty(node, "where_clause") &&
         IsEmpty(node, "group_expressions") && IsEmpty(node, "group_sets") && IsEmpty(node, "having") &&
         IsEmpty(node, "sample") && IsEmpty(node, "qualify") && from != nullptr && from->is_object() &&
         Text(from->as_object(), "type") == "EMPTY" && IsEmpty(node.at("cte_map").as_object(), "map");
}

/// The one expression of `SELECT expression`, or an error when there is anything else.
Result<const json::value*> OnlyExpression(const json::object& tree) {
  const auto refuse = [](const char* why) { return Fail(codes::kExprSyntax, why); };
  const json::array& statements = tree.at("statements").as_array();
  if (statements.size() != 1) return refuse("it must be one expression, without ';'");
  const json::object& node = statements.front().as_object().at("node").as_object();
  if (!IsBareSelect(node)) return refuse("it must be an expression alone, without FROM, WHERE, ORDER BY and the like");
  const json::array& list = node.at("select_list").as_array();
  if (list.size() != 1) return refuse("it must be one expression, not a list");
  if (!Text(list.front().as_object(), "alias").empty()) return refuse("it must be an expression alone, without AS");
  return &list.front();
}

}  // namespace

Result<Inspected> Inspect(const Connection& connection, const std::string& sql, const Schema& schema, size_t* fault) {
  size_t nobody = 0;
  size_t& at = fault != nullptr ? *fault : nobody;
  at = std::string::npos;
  if (sql.find('\0') != std::string::npos) return Fail(codes::kExprSyntax, "it contains a NUL byte");
  MIQ_ASSIGN(const std::string text, ParseTree(connection, sql));
  MIQ_ASSIGN(const json::value tree, ParseJson(text));
  MIQ_TRY(RefuseParserError(tree.as_object(), sql, at));
  MIQ_ASSIGN(const json::value* expression, OnlyExpression(tree.as_object()));
  Walker walker(schema);
  const Status walked = walker.Walk(*expression);
  if (!walked) at = walker.fault();
  MIQ_TRY(walked);
  return walker.Take();
}

}  // namespace migrateiq::duck::detail
