#include "pipeline/duck/expression_check.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text_position.hpp"

namespace migrateiq {
namespace {

SchemaPtr People() {
  return std::make_shared<Schema>(Schema{{{"id", LogicalType::Of(TypeKind::kInt32)},
                                          {"name", LogicalType::String()},
                                          {"Name", LogicalType::String()},
                                          {"born", LogicalType::Of(TypeKind::kDate)},
                                          {"größe", LogicalType::Decimal(12, 2)}}});
}

CheckedExpression Check(const std::string& sql) {
  auto checked = CheckExpression(People(), sql);
  EXPECT_TRUE(checked) << checked.error().ToString();
  return checked.value_or(CheckedExpression{});
}

std::string TypeOf(const std::string& sql) {
  const CheckedExpression checked = Check(sql);
  for (const ExpressionFault& fault : checked.faults) ADD_FAILURE() << sql << ": " << fault.error.message;
  return checked.type ? ToString(*checked.type) : "";
}

/// What stands where the fault is, with the first words of it.
struct Found {
  std::string at, message, code;
};
Found FaultOf(const std::string& sql) {
  const CheckedExpression checked = Check(sql);
  EXPECT_FALSE(checked.type) << sql;
  EXPECT_EQ(checked.faults.size(), 1U) << sql;
  if (checked.faults.empty()) return {};
  const ExpressionFault& fault = checked.faults.front();
  return {fault.offset ? sql.substr(*fault.offset, 6) : "nowhere", fault.error.message,
          std::string(fault.error.code.code)};
}

TEST(ExpressionCheck, SaysTheType) {
  EXPECT_EQ(TypeOf("id + 1"), "int32");
  EXPECT_EQ(TypeOf("name || ' ' || \"Name\""), "string");
  EXPECT_EQ(TypeOf("\"größe\" * 2"), "decimal(18,2)");
  EXPECT_EQ(TypeOf("year(born) > 2000 -- a remark"), "bool");
  EXPECT_EQ(TypeOf("current_date"), "date");
}

TEST(ExpressionCheck, FindsThePlaceInMultiLineTextWithUmlauts) {
  EXPECT_EQ(FaultOf("'äöü€' ||\n  nam").at, "nam");
  EXPECT_EQ(FaultOf("'äöü€'\n || )").at, ")");
  EXPECT_EQ(FaultOf("'äöü€' ||\n abs(name)").at, "abs(na");
  EXPECT_EQ(FaultOf("'ä' || nosuch(id)").at, "nosuch");
  EXPECT_EQ(FaultOf("'ä' ||\n\n sum(id)").at, "sum(id");
  EXPECT_EQ(FaultOf("'ä' || random()").at, "random");
  EXPECT_EQ(FaultOf("id + (SELECT 1)").code, "MIQ-EXPR-002");
}

TEST(ExpressionCheck, PlacesStayTrueBehindNamesThatAreWrittenAnew) {
  EXPECT_EQ(FaultOf("name || \"Name\" || abs(name) || \"Name\"").at, "abs(na");
}

TEST(ExpressionCheck, PlacesStayTrueBehindOddBlanks) {
  EXPECT_EQ(FaultOf("'ä' ||\u00a0\u2003 abs(name)").at, "abs(na");
  EXPECT_EQ(FaultOf("'\u00a0' || abs(name)").at, "abs(na");
}

TEST(ExpressionCheck, SpeaksBrieflyAndSaysWhatIsMeant) {
  EXPECT_EQ(FaultOf("abs(name)").message.find('\n'), std::string::npos);
  EXPECT_EQ(FaultOf("abs(name)").message.find("Candidate"), std::string::npos);
  EXPECT_NE(FaultOf("nme").message.find("name"), std::string::npos);
  EXPECT_EQ(FaultOf("").message, "it is empty");
}

TEST(ExpressionCheck, AnUnknownTypeHasNoPlace) { EXPECT_EQ(FaultOf("cast(id AS nosuch)").at, "nowhere"); }

TEST(TextPosition, CountsAsEditorsDo) {
  const std::string text = "ä😀\nx😀y";
  const TextPosition position = PositionAt(text, text.find('y'));
  EXPECT_EQ(position.units, 7);
  EXPECT_EQ(position.line, 2);
  EXPECT_EQ(position.column, 3);
  EXPECT_EQ(PositionAt(text, text.size() + 9).units, 8);
}

TEST(ExpressionFunctions, AreThoseThatPlansMayUse) {
  const auto functions = ListExpressionFunctions();
  ASSERT_TRUE(functions) << functions.error().ToString();
  const auto find = [&](std::string_view name) {
    return std::ranges::find(*functions, name, &ExpressionFunction::name);
  };
  for (const char* name : {"substring", "upper", "date_trunc", "regexp_replace", "split_part", "coalesce", "now",
                           "try_cast", "list_transform"})
    EXPECT_NE(find(name), functions->end()) << name;
  for (const char* name : {"sum", "random", "read_csv", "unnest", "getvariable", "version", "nextval", "uuid"})
    EXPECT_EQ(find(name), functions->end()) << name;
  const auto substring = find("substring");
  EXPECT_EQ(substring->parameters, (std::vector<std::string>{"string", "start", "length"}));
  EXPECT_EQ(substring->forms.front(), "substring(string VARCHAR, start BIGINT) -> VARCHAR");
  EXPECT_NE(substring->description.find("start"), std::string::npos);
  EXPECT_TRUE(std::ranges::is_sorted(*functions, {}, &ExpressionFunction::name));
}

TEST(ExpressionFunctions, EachPassesTheCheckOfItsName) {
  const auto functions = ListExpressionFunctions();
  ASSERT_TRUE(functions);
  EXPECT_GT(functions->size(), 300U);
  for (size_t i = 0; i < functions->size(); i += 40) {
    const auto checked = CheckExpression(People(), (*functions)[i].name + "(id, id, id, id, id, id, id)");
    ASSERT_TRUE(checked);
    for (const ExpressionFault& fault : checked->faults)
      EXPECT_NE(fault.error.code.code, "MIQ-EXPR-002") << (*functions)[i].name << ": " << fault.error.message;
  }
}

TEST(ExpressionColumns, NamesEachColumnOnce) {
  const auto columns = ExpressionColumns::Open();
  ASSERT_TRUE(columns);
  EXPECT_EQ((*columns)->Of("name || \"Name\" || name", *People()).value(), (std::vector<int>{1, 2}));
  EXPECT_EQ((*columns)->Of("now()", *People()).value(), std::vector<int>{});
  EXPECT_EQ((*columns)->Of("nosuch", *People()).error().code.code, "MIQ-EXPR-001");
}

}  // namespace
}  // namespace migrateiq
