#include "base/errors/api.hpp"
#include "base/server_fix.hpp"
#include "base/text_position.hpp"
#include "modules/core/answer_values.hpp"
#include "modules/orchestrator/run_api.hpp"
#include "modules/projects/api_support.hpp"
#include "pipeline/batch/type_text.hpp"
#include "pipeline/duck/expression_check.hpp"

namespace migrateiq::orchestrator {

namespace {

struct ExpressionFunctionView {
  std::string name;
  std::vector<std::string> parameters, forms;
  std::string description;
};
BOOST_DESCRIBE_STRUCT(ExpressionFunctionView, (), (name, parameters, forms, description))

struct ExpressionFunctionList {
  std::vector<ExpressionFunctionView> items;
};
BOOST_DESCRIBE_STRUCT(ExpressionFunctionList, (), (items))

struct ExpressionColumn {
  Text<1, 300> name;
  Text<1, 100> type;  ///< "decimal(12,2)", as plans/{plan_id}/columns tells it
};
BOOST_DESCRIBE_STRUCT(ExpressionColumn, (), (name, type))

struct CheckedText {
  Text<0, 20000> expression;
  std::vector<ExpressionColumn> columns;
};
BOOST_DESCRIBE_STRUCT(CheckedText, (), (expression, columns))

struct ExpressionFaultView {
  std::string code, message, fix;
  /// UTF-16 code units before the fault, as JavaScript and editors count; absent where nobody can say.
  std::optional<int64_t> position;
  std::optional<int64_t> line, column;  ///< from 1; columns in characters
};
BOOST_DESCRIBE_STRUCT(ExpressionFaultView, (), (code, message, fix, position, line, column))

struct ExpressionCheckView {
  std::optional<std::string> type;  ///< what it yields; absent when it has faults
  std::vector<ExpressionFaultView> faults;
};
BOOST_DESCRIBE_STRUCT(ExpressionCheckView, (), (type, faults))

constexpr size_t kMostColumns = 5000;

Result<SchemaPtr> SchemaOf(const std::vector<ExpressionColumn>& columns) {
  if (columns.size() > kMostColumns) return Fail(Error(codes::kApiField, "there are too many columns").At("/columns"));
  auto schema = std::make_shared<Schema>();
  for (size_t i = 0; i < columns.size(); ++i) {
    const auto type = TypeFromText(columns[i].type);
    if (!type)
      return Fail(Error(codes::kApiField, "there is no type '" + columns[i].type + "'")
                      .At("/columns/" + std::to_string(i) + "/type"));
    schema->fields.push_back({columns[i].name, *type});
  }
  return schema;
}

ExpressionFaultView ViewOf(const ExpressionFault& fault, const std::string& text) {
  ExpressionFaultView view{.code = std::string(fault.error.code.code),
                           .message = fault.error.message,
                           .fix = std::string(ServerFix(fault.error))};
  if (!fault.offset) return view;
  const TextPosition position = PositionAt(text, *fault.offset);
  view.position = position.units;
  view.line = position.line;
  view.column = position.column;
  return view;
}

Result<ExpressionCheckView> Check(const CheckedText& request) {
  MIQ_ASSIGN(const SchemaPtr schema, SchemaOf(request.columns));
  MIQ_ASSIGN(const CheckedExpression checked, CheckExpression(schema, request.expression));
  ExpressionCheckView view;
  if (checked.type) view.type = ToString(*checked.type);
  for (const ExpressionFault& fault : checked.faults) view.faults.push_back(ViewOf(fault, request.expression));
  return view;
}

Result<ExpressionFunctionList> List() {
  MIQ_ASSIGN(const auto functions, ListExpressionFunctions());
  ExpressionFunctionList list;
  for (const ExpressionFunction& one : functions)
    list.items.push_back({one.name, one.parameters, one.forms, one.description});
  return list;
}

}  // namespace

void AddExpressionRoutes(http::Router& router) {
  router.Add<Nothing, Nothing, ExpressionFunctionList>(
      http::Whole({.method = http::Method::kGet,
                   .path = "/api/v1/expressions/functions",
                   .name = "listExpressionFunctions",
                   .tag = "expressions",
                   .summary = "The functions that expressions of plans may use.",
                   .access = http::Access::kSignedIn}),
      [](http::Context& context, const Nothing&, const Nothing&) {
        context.response.headers.Set("Cache-Control", "private, max-age=3600");
        return List();
      });
  router.Add<CheckedText, Nothing, ExpressionCheckView>(
      {.method = http::Method::kPost,
       .path = "/api/v1/expressions/check",
       .name = "checkExpression",
       .tag = "expressions",
       .summary = "The type of an expression over these columns, or what is wrong with it, and where.",
       .access = http::Access::kSignedIn,
       .idempotent_key = false,
       .success = 200},
      [](http::Context& context, const CheckedText& request, const Nothing&) {
        return projects::Placed(context, Check(request));
      });
}

}  // namespace migrateiq::orchestrator
