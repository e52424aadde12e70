#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pipeline/check/key_set.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/duck/expression_evaluator.hpp"

namespace migrateiq {

/// One part of a key: a column of the target, or an expression over its columns.
struct ProbedPart {
  std::string column;
  std::string expression;  ///< DuckDB SQL, when there is no column
  int32_t prefix = 0;      ///< only so many characters (bytes of a binary column) count; 0 = all
  TextEquality equality;
};

/// A key whose values are collected from rows of a table in the target's types.
struct ProbedKey {
  std::vector<ProbedPart> parts;
  std::string where;            ///< DuckDB SQL: only these rows have the key; empty = all
  bool nulls_distinct = true;   ///< a row with a NULL in the key meets no other
  std::unique_ptr<KeySet> set;  ///< filled by probes
};

/// Has the target say which texts it takes for equal. Thread-safe; only SELECTs.
class EqualityOracle {
 public:
  explicit EqualityOracle(Target& target) : target_(target) {}
  /// One text for each of `texts`, the same for equal ones.
  Result<std::vector<std::string>> Ask(const std::string& sql, const std::vector<std::string>& texts);

 private:
  Target& target_;
  std::mutex mutex_;
};

/// Takes the keys out of batches of one schema. One per thread; the key sets are shared.
class KeyProbe {
 public:
  /// The keys must outlive the probe; columns that `schema` lacks are an error.
  static Result<std::unique_ptr<KeyProbe>> Make(const std::vector<const ProbedKey*>& keys, const SchemaPtr& schema,
                                                EqualityOracle& oracle, int64_t run_start_micros);
  /// `first_row`: the number of the batch's row 0, or kExistingRow for all.
  Status Add(const Batch& batch, uint64_t first_row);

 private:
  struct Part {
    int column = -1;
    int computed = -1;
    const ProbedPart* spec = nullptr;
    std::vector<std::string> weights;  ///< per row of the batch, when the target decides
  };
  struct Key {
    const ProbedKey* spec = nullptr;
    std::vector<Part> parts;
    int where = -1;
  };

  explicit KeyProbe(EqualityOracle& oracle) : oracle_(oracle) {}
  Status AddKey(const ProbedKey& key, const SchemaPtr& schema, std::vector<ExpressionSpec>& expressions);
  const Column& ColumnOf(const Part& part, const Batch& batch) const;
  Status Weigh(Part& part, const Batch& batch) const;
  bool HasKey(const Key& key, const Batch& batch, int64_t row) const;
  void Encode(const Part& part, const Batch& batch, int64_t row);
  std::string TextOf(const Key& key, const Batch& batch, int64_t row) const;
  Status Collect(Key& key, const Batch& batch, uint64_t first_row);

  EqualityOracle& oracle_;
  std::vector<Key> keys_;
  std::unique_ptr<ExpressionEvaluator> evaluator_;
  std::vector<Column> computed_;
  RowEncoder encoder_;
};

}  // namespace migrateiq
