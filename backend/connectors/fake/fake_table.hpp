#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "pipeline/batch/column.hpp"
#include "pipeline/schema/catalog.hpp"

/// Tables whose every value is a function of (seed, table, row, column): any range of rows can be made on its own, in
/// any order, on any machine, with the same result.
namespace migrateiq::fake {

constexpr uint64_t Mix(uint64_t x) {  // splitmix64's finalizer
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

constexpr uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

/// One row's source of chance. Draws with the same salt are the same number, so that columns can agree.
struct Row {
  uint64_t key;    ///< of the table
  int64_t number;  ///< from 0
  int64_t total;   ///< rows of the table

  uint64_t Draw(uint32_t salt) const {
    return Mix(Mix(key + static_cast<uint64_t>(number) * kGolden) + salt * kGolden);
  }
  /// In [low, high].
  int64_t Range(uint32_t salt, int64_t low, int64_t high) const {
    return low + static_cast<int64_t>(Draw(salt) % (static_cast<uint64_t>(high - low) + 1));
  }
  /// True in so many of a thousand rows.
  bool Chance(uint32_t salt, uint32_t per_mille) const { return Draw(salt) % 1000 < per_mille; }
  /// The same chance in another row.
  Row At(int64_t other) const { return {key, other, total}; }
};

using Generator = std::function<void(Column&, const Row&)>;

struct FakeTable {
  Table table;
  std::vector<Generator> generators;  ///< one a column
  int64_t rows = 0;
  uint64_t key = 0;
};

struct Shape {
  std::vector<FakeTable> tables;

  const FakeTable* Find(std::string_view name) const;
};

struct ShapeOptions {
  std::string name;       ///< a built-in shape or a schema file
  int64_t rows = -1;      ///< -1 = the shape's own default
  int64_t columns = 0;    ///< `wide` only
  bool specials = false;  ///< `ugly` only: NaN and infinities as well
  uint64_t seed = 1;
};

/// Errors: kUrlInvalid for an unknown shape, kPlanSyntax and others for a schema file that cannot be understood.
Result<Shape> MakeShape(const ShapeOptions& options);

/// Puts a table together, column by column.
class TableBuilder {
 public:
  TableBuilder(std::string name, int64_t rows, uint64_t seed);

  TableBuilder& Add(std::string name, LogicalType type, Generator generator);  ///< NOT NULL
  /// NULL in so many of a thousand rows.
  TableBuilder& Nullable(std::string name, LogicalType type, uint32_t per_mille, Generator generator);
  TableBuilder& Key(std::vector<std::string> columns);
  TableBuilder& Identity();  ///< the last column added numbers the rows
  TableBuilder& Index(std::string name, std::vector<std::string> columns, bool unique = false);
  TableBuilder& References(std::string column, std::string parent, std::string parent_column);
  FakeTable Build() { return std::move(fake_); }

 private:
  FakeTable fake_;
};

// The built-in shapes.
Shape LineitemShape(const ShapeOptions& options);
Shape OrdersShape(const ShapeOptions& options);
Shape UglyShape(const ShapeOptions& options);
Shape WideShape(const ShapeOptions& options);
Shape LegacyShape(const ShapeOptions& options);
/// A YAML or JSON file: tables: [{name, rows, columns: [{name, type, key, nulls, values, min, max}]}].
Result<Shape> ShapeFromFile(const ShapeOptions& options);

}  // namespace migrateiq::fake
