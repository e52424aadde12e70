#include <gtest/gtest.h>

#include "pipeline/profile/depend/functional.hpp"
#include "pipeline/profile/depend/keys.hpp"
#include "pipeline/profile/depend/name_match.hpp"
#include "pipeline/profile/profiler.hpp"

namespace migrateiq {
namespace {

/// A table of whole numbers with what the searches need of it.
struct NumberTable {
  explicit NumberTable(const std::vector<std::vector<int32_t>>& columns) {
    sample.all_rows = true;
    for (size_t i = 0; i < columns.size(); ++i) {
      Column column(LogicalType::Of(TypeKind::kInt32));
      for (const int32_t value : columns[i]) column.Append(value);
      sample.columns.push_back(MakeDictionary(column));
      sample.proven.push_back(false);
      sample.rows = profile.rows = column.length();
      profile.columns.push_back({.name = std::string(1, static_cast<char>('a' + i)),
                                 .batch_type = "int32",
                                 .family = ValueFamily::number,
                                 .count = column.length(),
                                 .distinct = {static_cast<int64_t>(sample.columns[i].size())}});
    }
  }
  TableProfile profile;
  CodedSample sample;
};

std::vector<int32_t> Numbers(int32_t count, int32_t (*of)(int32_t)) {
  std::vector<int32_t> values;
  for (int32_t i = 0; i < count; ++i) values.push_back(of(i));
  return values;
}

TEST(CandidateKeys, AreFoundAsSingleColumnsFirst) {
  const NumberTable table({Numbers(100, [](int32_t i) { return i / 2; }), Numbers(100, [](int32_t i) { return i; })});
  const auto keys = CandidateKeys({}, table.profile, table.sample);
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].columns, std::vector<std::string>{"b"});
  EXPECT_EQ(keys[0].basis, Basis::all_rows);
}

TEST(CandidateKeys, ArePairsWhereNoColumnIsOne) {
  const NumberTable table({Numbers(100, [](int32_t i) { return i / 10; }),
                           Numbers(100, [](int32_t i) { return i % 10; }),
                           Numbers(100, [](int32_t i) { return i % 3; })});
  const auto keys = CandidateKeys({}, table.profile, table.sample);
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_EQ(keys[0].columns, (std::vector<std::string>{"a", "b"}));
}

TEST(CandidateKeys, TellWhenADeclaredOneDoesNotHold) {
  const NumberTable table({Numbers(100, [](int32_t i) { return i / 2; })});
  Table declared;
  declared.primary_key = Index{.unique = true, .parts = {{.column = "a"}}};
  const auto keys = CandidateKeys(declared, table.profile, table.sample);
  ASSERT_EQ(keys.size(), 1U);
  EXPECT_TRUE(keys[0].declared);
  EXPECT_EQ(keys[0].rows, 100);
  EXPECT_EQ(keys[0].distinct, 50);
}

TEST(FunctionalDependencies, AreFoundWithTheirViolations) {
  std::vector<int32_t> dependent = Numbers(3000, [](int32_t i) { return i % 40 % 7; });
  dependent[5] = 99;
  const NumberTable table(
      {Numbers(3000, [](int32_t i) { return i % 40; }), dependent, Numbers(3000, [](int32_t i) { return i; })});
  const auto found = FunctionalDependencies(table.profile, table.sample);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].determinant, std::vector<std::string>{"a"});
  EXPECT_EQ(found[0].dependent, "b");
  EXPECT_EQ(found[0].violations, 1);
  EXPECT_EQ(found[0].groups, 40);
}

TEST(FunctionalDependencies, AreNotSeenInConstantsAndChance) {
  std::vector<int32_t> rare(3000, 1);
  rare[7] = 2;
  const NumberTable table(
      {Numbers(3000, [](int32_t i) { return i % 40; }), rare, Numbers(3000, [](int32_t i) { return i * 7919 % 41; })});
  EXPECT_TRUE(FunctionalDependencies(table.profile, table.sample).empty());
}

TEST(DuplicateRows, AreThoseEqualInEveryColumn) {
  const NumberTable table({{1, 1, 1, 2, 3}, {5, 5, 5, 5, 6}});
  const DuplicateRows rows = FindDuplicateRows(table.sample);
  EXPECT_EQ(rows.surplus, 2);
  EXPECT_EQ(rows.groups, 1);
}

double Named(std::string_view column, std::string_view table, std::string_view key) {
  return ReferenceName(WordsOf(column), WordsOf(table), WordsOf(key));
}

TEST(NameMatch, ReadsNamesAsPeopleWriteThem) {
  EXPECT_EQ(NameTokens("CustomerID"), (std::vector<std::string>{"customer", "id"}));
  EXPECT_EQ(NameTokens("order_items"), (std::vector<std::string>{"order", "item"}));
  EXPECT_EQ(NameTokens("HTTPStatus2"), (std::vector<std::string>{"http", "status2"}));
  EXPECT_EQ(Named("customer_id", "customers", "id"), 1);
  EXPECT_EQ(Named("CustomerId", "Customer", "CustomerId"), 1);
  EXPECT_EQ(Named("id", "customers", "id"), 0);
  EXPECT_EQ(Named("quantity", "customers", "id"), 0);
  EXPECT_GT(Named("cust_id", "customers", "id"), 0.4);
  EXPECT_GT(Named("billing_account_id", "crm_account", "id"), 0.6);
}

/// The legacy shop has orphans and no declared foreign keys; what refers to what is found from the values and names.
TEST(Inclusions, AreFoundWithoutADeclaration) {
  const auto source = OpenSource(*ParseUrl("fake:orders?rows=3000&seed=5", Secrets::kRefuse), {});
  ASSERT_TRUE(source) << source.error().ToString();
  Catalog catalog = *(*source)->Discover({});
  for (Table& table : catalog.tables) table.foreign_keys.clear();
  ProfileObserver silent;
  for (const int64_t sample : {int64_t{500}, int64_t{50'000}}) {
    const auto profile = MakeProfile(**source, *SelectTables(catalog, {}, {}), {.sample_rows = sample}, silent);
    ASSERT_TRUE(profile) << profile.error().ToString();
    const auto& found = Find(*profile, "orders")->inclusion_dependencies;
    ASSERT_EQ(found.size(), 1U) << sample;
    EXPECT_EQ(found[0].columns, std::vector<std::string>{"customer_id"});
    EXPECT_EQ(found[0].parent, "customers");
    EXPECT_EQ(found[0].orphans, 0);
    EXPECT_FALSE(found[0].declared);
    EXPECT_TRUE(Find(*profile, "customers")->inclusion_dependencies.empty());
  }
}

}  // namespace
}  // namespace migrateiq
