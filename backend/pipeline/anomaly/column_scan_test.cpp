#include "pipeline/anomaly/column_scan.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>

#include "pipeline/anomaly/generator.hpp"

namespace migrateiq::anomaly {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

std::vector<Anomaly> Scan(const GeneratedTable& table, uint64_t seed = 1) {
  ColumnScan scan(table.schema, {.today = kGeneratedToday, .seed = seed});
  for (int64_t begin = 0; begin < table.batch.rows; begin += kBatchRows)
    scan.Add(table.batch.Slice(begin, std::min<int64_t>(kBatchRows, table.batch.rows - begin)));
  return scan.Find();
}

bool Slow() { return std::getenv("MIQ_SLOW") != nullptr; }

bool Tells(const Anomaly& found, const Planted& planted) {
  return found.kind == planted.kind && std::ranges::find(found.columns, planted.column) != found.columns.end() &&
         std::ranges::any_of(found.examples, [&](const AnomalyExample& one) { return one.row == planted.row; });
}

std::string Describe(const Anomaly& found) {
  std::string text(ToString(found.kind));
  for (const auto& column : found.columns) text += " " + column;
  return text + " " + found.examples[0].value + ": " + found.how + "; " + found.why;
}

/// A table of one column of numbers.
GeneratedTable NumbersTable(const std::vector<double>& values) {
  GeneratedTable table;
  table.schema = std::make_shared<Schema>(Schema{{{"x", LogicalType::Of(TypeKind::kDouble)}}});
  table.batch = Batch(table.schema);
  for (const double value : values) table.batch.columns[0].Append<double>(value);
  table.batch.rows = static_cast<int64_t>(values.size());
  return table;
}

GeneratedTable TextsTable(const std::vector<std::string>& values) {
  GeneratedTable table;
  table.schema = std::make_shared<Schema>(Schema{{{"t", LogicalType::String()}}});
  table.batch = Batch(table.schema);
  for (const auto& value : values) table.batch.columns[0].AppendBytes(value);
  table.batch.rows = static_cast<int64_t>(values.size());
  return table;
}

TEST(ColumnScan, FindsEveryPlantedAnomaly) {
  for (uint64_t seed = 1; seed <= (Slow() ? 20U : 1U); ++seed) {
    const GeneratedTable table = PlantedTable(2000, seed);
    const auto found = Scan(table);
    std::map<AnomalyKind, int> kinds;
    for (const Planted& planted : table.planted) {
      ++kinds[planted.kind];
      EXPECT_TRUE(std::ranges::any_of(found, [&](const Anomaly& one) { return Tells(one, planted); }))
          << "seed " << seed << ": " << ToString(planted.kind) << " in " << planted.column << ", row " << planted.row;
    }
    EXPECT_EQ(kinds.size(), 11U) << "every kind is planted";
  }
}

TEST(ColumnScan, FindsNothingElseInAPlantedTable) {
  const GeneratedTable table = PlantedTable(2000, 4);
  for (const Anomaly& found : Scan(table)) {
    if (found.kind == AnomalyKind::kDateGap) continue;  // each of the date columns has the gap
    const bool planted = std::ranges::any_of(table.planted, [&](const Planted& one) {
      return std::ranges::any_of(found.examples, [&](const AnomalyExample& example) { return example.row == one.row; });
    });
    EXPECT_TRUE(planted) << Describe(found);
  }
}

TEST(ColumnScan, CleanTablesRaiseNoAlert) {
  size_t alerts = 0;
  for (uint64_t seed = 10; seed < (Slow() ? 60U : 14U); ++seed)
    for (const Anomaly& found : Scan(CleanTable(800, seed))) {
      ++alerts;
      ADD_FAILURE() << "seed " << seed << ": " << Describe(found);
    }
  EXPECT_EQ(alerts, 0U) << "of tables of 12 columns";
}

TEST(ColumnScan, CleanNumbersOfEveryShapeRaiseFewerThanOneAlertInAHundredColumns) {
  int columns = 0, alerted = 0;
  for (const Shape shape : kShapes)
    for (uint64_t seed = 1; seed <= (Slow() ? 100U : 12U); ++seed) {
      const size_t count = seed % 3 == 0 ? 2000 : seed % 3 == 1 ? 800 : 150;
      const auto found = Scan(NumbersTable(CleanNumbers(shape, count, seed)));
      ++columns;
      alerted += found.empty() ? 0 : 1;
      for (const Anomaly& one : found)
        std::printf("clean %s, %zu values, seed %d: %s\n", std::string(ToString(shape)).c_str(), count,
                    static_cast<int>(seed), Describe(one).c_str());
    }
  EXPECT_LT(alerted * 100, columns) << alerted << " of " << columns;
}

TEST(ColumnScan, GrossOutliersAreFoundInEveryShape) {
  for (const Shape shape : kShapes) {
    std::vector<double> values = CleanNumbers(shape, 3000, 7);
    const auto [low, high] = std::ranges::minmax(values);
    const bool heavy = shape == Shape::kZipf || shape == Shape::kPareto;  // there, far is usual
    values[1234] = high + (heavy ? 1e9 : 40) * (high - low);
    const auto found = Scan(NumbersTable(values));
    EXPECT_TRUE(!found.empty() && found[0].examples[0].row == 1234) << ToString(shape);
  }
}

TEST(ColumnScan, ANormalColumnsOutlierOfEightDeviationsIsFoundAndExplained) {
  std::vector<double> values = CleanNumbers(Shape::kNormal, 3000, 5);
  double mean = 0, squares = 0;
  for (const double value : values) mean += value / 3000;
  for (const double value : values) squares += (value - mean) * (value - mean) / 3000;
  values[77] = mean - 8 * std::sqrt(squares);
  const auto found = Scan(NumbersTable(values));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].examples[0].row, 77);
  EXPECT_THAT(found[0].how, HasSubstr("deviations below the median"));
  EXPECT_THAT(found[0].why, HasSubstr("the values are normal"));
  EXPECT_GT(found[0].score, 0.8);
}

TEST(ColumnScan, ASecondGroupOfValuesIsNoOutlier) {
  std::vector<double> values = CleanNumbers(Shape::kNormal, 3000, 5);
  for (size_t row = 0; row < values.size(); row += 30) values[row] += 1e6;
  EXPECT_TRUE(Scan(NumbersTable(values)).empty());
}

TEST(ColumnScan, PlaceholdersAreToldFromOutliers) {
  std::vector<double> values = CleanNumbers(Shape::kUniform, 2000, 6);
  for (double& value : values) value = std::abs(value) + 10;
  for (const size_t row : {100, 200, 300, 400}) values[row] = -1;
  const auto found = Scan(NumbersTable(values));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].kind, AnomalyKind::kPlaceholder);
  EXPECT_EQ(found[0].rows, 4);
}

TEST(ColumnScan, CodesThatDifferByALetterAreNoMisspellings) {
  std::vector<std::string> values;
  for (int row = 0; row < 3000; ++row) values.push_back(std::string("grade") + static_cast<char>('a' + row % 20));
  values[5] = "gradez";
  for (const Anomaly& found : Scan(TextsTable(values))) EXPECT_NE(found.kind, AnomalyKind::kMisspelling);
}

TEST(ColumnScan, ALongTailOfCategoriesIsNotRare) {
  std::vector<std::string> values;
  const std::vector<double> ranks = CleanNumbers(Shape::kZipf, 3000, 3);
  for (const double rank : ranks)
    values.push_back("kind " + std::string(static_cast<size_t>(std::min(rank, 30.0)), 'x'));
  for (const Anomaly& found : Scan(TextsTable(values))) ADD_FAILURE() << Describe(found);
}

TEST(ColumnScan, TextsOfVaryingLengthHaveNoRarePattern) {
  std::vector<std::string> values;
  for (int row = 0; row < 20'000; ++row) values.push_back(std::to_string((row * 7919) % 100'000));
  for (const Anomaly& found : Scan(TextsTable(values))) ADD_FAILURE() << Describe(found);
}

TEST(ColumnScan, SaysTheSameTwice) {
  const GeneratedTable table = PlantedTable(1000, 9);
  const auto first = Scan(table), second = Scan(table);
  ASSERT_EQ(first.size(), second.size());
  for (size_t index = 0; index < first.size(); ++index) EXPECT_EQ(Describe(first[index]), Describe(second[index]));
}

TEST(ColumnScan, NullsAndEmptyTablesRaiseNothing) {
  GeneratedTable table = NumbersTable({});
  EXPECT_TRUE(Scan(table).empty());
  for (int row = 0; row < 500; ++row) table.batch.columns[0].AppendNull();
  table.batch.rows = 500;
  EXPECT_TRUE(Scan(table).empty());
}

}  // namespace
}  // namespace migrateiq::anomaly
