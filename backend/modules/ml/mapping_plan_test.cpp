#include "modules/ml/mapping_plan.hpp"

#include <gtest/gtest.h>

namespace migrateiq::ml {
namespace {

TableMapping Mapping(const std::string& source, const std::string& target, const std::string& column) {
  TableMapping mapping;
  mapping.source = source;
  mapping.target = target;
  mapping.columns.push_back({.target = column, .source = column});
  return mapping;
}

/// "source>target:column" of each mapping.
std::vector<std::string> Told(const Plan& plan) {
  std::vector<std::string> told;
  for (const TableMapping& one : plan.mappings)
    told.push_back(one.source + ">" + one.target + ":" + one.columns.at(0).target);
  return told;
}

using Words = std::vector<std::string>;

TEST(MappingPlan, TheOnlyMappingOfASourceIsReplacedAndKeepsItsFilter) {
  Plan plan;
  plan.mappings = {Mapping("a", "x", "old")};
  plan.mappings[0].where = "n > 1";
  plan = WithMappings(std::move(plan), {Mapping("a", "y", "new")});
  EXPECT_EQ(Told(plan), Words{"a>y:new"});
  EXPECT_EQ(plan.mappings[0].where, "n > 1");
}

TEST(MappingPlan, OfSeveralTheOneIntoTheSameTableIsReplaced) {
  Plan plan;
  plan.mappings = {Mapping("a", "x", "old"), Mapping("a", "y", "old")};
  EXPECT_EQ(Told(WithMappings(plan, {Mapping("a", "y", "new")})), (Words{"a>x:old", "a>y:new"}));
  EXPECT_EQ(Told(WithMappings(plan, {Mapping("a", "z", "new")})), (Words{"a>x:old", "a>y:old", "a>z:new"}));
}

}  // namespace
}  // namespace migrateiq::ml
