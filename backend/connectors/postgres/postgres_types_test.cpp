#include "connectors/postgres/postgres_types.hpp"

#include <gtest/gtest.h>

#include "connectors/postgres/postgres_splits.hpp"

namespace migrateiq::postgres {
namespace {

LogicalType TypeOf(std::string_view native) {
  const auto parsed = ParsePgType(native);
  EXPECT_TRUE(parsed) << native;
  return parsed ? parsed->type : LogicalType{};
}

TEST(PgTypes, EverySpellingIsUnderstood) {
  EXPECT_EQ(TypeOf("integer"), LogicalType::Of(TypeKind::kInt32));
  EXPECT_EQ(TypeOf(" INT4 "), LogicalType::Of(TypeKind::kInt32));
  EXPECT_EQ(TypeOf("pg_catalog.int8"), LogicalType::Of(TypeKind::kInt64));
  EXPECT_EQ(TypeOf("numeric"), LogicalType::Decimal(0, -1));
  EXPECT_EQ(TypeOf("numeric(12, 2)"), LogicalType::Decimal(12, 2));
  EXPECT_EQ(TypeOf("decimal(5)"), LogicalType::Decimal(5, 0));
  EXPECT_EQ(TypeOf("numeric(5,-2)"), LogicalType::Decimal(7, 0));
  EXPECT_EQ(TypeOf("character varying(20)"), LogicalType::String(20));
  EXPECT_EQ(TypeOf("character(3)").kind, TypeKind::kChar);
  EXPECT_EQ(TypeOf("char").length, 1);
  EXPECT_EQ(TypeOf("timestamp(3) without time zone").precision, 3);
  EXPECT_EQ(TypeOf("timestamp with time zone").kind, TypeKind::kTimestampTz);
  EXPECT_EQ(TypeOf("interval day to second(2)").precision, 2);
  EXPECT_EQ(TypeOf("double  precision").kind, TypeKind::kDouble);
  EXPECT_EQ(TypeOf("float(10)").kind, TypeKind::kFloat);
  EXPECT_EQ(TypeOf("bit varying(8)").length, 8);
  EXPECT_EQ(TypeOf("numeric(4,1)[][]").kind, TypeKind::kArray);
  EXPECT_EQ(TypeOf("jsonb").parsed, true);
  EXPECT_EQ(TypeOf("inet").kind, TypeKind::kString);
  EXPECT_EQ(TypeOf("public.geometry(Point,4326)").kind, TypeKind::kString);
  EXPECT_FALSE(ParsePgType("mood"));
  EXPECT_FALSE(ParsePgType("varchar(x)"));
  EXPECT_FALSE(ParsePgType(""));
}

TEST(PgTypes, RelayNeedsABinaryFormOfEveryColumn) {
  const auto column = [](const char* name, const char* native) {
    return MakeWireColumn({.name = name, .native = native});
  };
  EXPECT_EQ(RelayFormat({column("a", "integer"), column("b", "text"), column("c", "numeric(12,2)")}),
            "pgcopy:int4,text,numeric(12,2)");
  EXPECT_EQ(RelayFormat({column("a", "integer"), column("b", "inet")}), "");
  EXPECT_NE(RelayFormat({column("a", "varchar(3)")}), RelayFormat({column("a", "varchar(4)")}));
}

TEST(PgTypes, QualifiedNamesAreTakenApart) {
  EXPECT_EQ(SplitQualifiedName("public.Mood"), (std::vector<std::string>{"public", "mood"}));
  EXPECT_EQ(SplitQualifiedName("\"a.b\".\"c\"\"d\""), (std::vector<std::string>{"a.b", "c\"d"}));
}

TEST(Bounds, SurviveTheirText) {
  for (const char* text : {"all", "ctid 0 1280", "ctid 1280 -", "leaf \"s x\".\"p\" 0 -", "rest \"s\".\"a b\" s.c",
                           "key \"id\" - 1000", "key \"id\" -5 -"}) {
    const auto bounds = ParseBounds(text);
    ASSERT_TRUE(bounds) << text;
    EXPECT_EQ(ToText(*bounds), text);
  }
  for (const char* text : {"", "ctid", "ctid 1", "ctid a b", "ctid 1 2 3", "else 1 2"})
    EXPECT_FALSE(ParseBounds(text)) << text;
}

TEST(Bounds, BlocksAreCutWithoutGapAndOpenAtTheEnd) {
  const auto splits = CutBlocks({.kind = Bounds::Kind::kCtid}, 1000, 300, 5000, 8000);
  ASSERT_EQ(splits.size(), 3U);
  std::optional<int64_t> edge = 0;
  for (const Split& split : splits) {
    const auto bounds = ParseBounds(split.bounds);
    ASSERT_TRUE(bounds);
    EXPECT_EQ(bounds->from, edge);
    edge = bounds->to;
  }
  EXPECT_FALSE(edge.has_value());
  EXPECT_EQ(CutBlocks({.kind = Bounds::Kind::kCtid}, 0, 300, -1, 0).size(), 1U);
}

}  // namespace
}  // namespace migrateiq::postgres
