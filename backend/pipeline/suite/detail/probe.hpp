#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/batch/batch.hpp"
#include "pipeline/suite/check_result.hpp"
#include "pipeline/suite/detail/system.hpp"
#include "pipeline/suite/detail/value_question.hpp"

namespace migrateiq::detail {

/// Some rows of a table of a system.
struct AskedTable {
  System* system = nullptr;
  const Table* table = nullptr;
  std::string where;

  const Dialect& dialect() const { return system->dialect(); }
  AskedColumn Column(const CatalogColumn& column) const { return {column, dialect()}; }
  /// " FROM t WHERE (...)", with a further condition.
  std::string From(const std::string& condition = "") const;
  bool SameRows(const AskedTable& other) const {
    return system == other.system && table == other.table && where == other.where;
  }
};

/// What is asked in SQL about a table: aggregates that share a statement, and queries of their own.
struct Question {
  std::vector<std::string> aggregates;
  std::vector<std::string> queries;
};
struct Answer {
  std::vector<std::optional<std::string>> aggregates;
  std::vector<QueryRows> queries;
};

/// What one check wants to know about the rows of one table: asked in SQL where that gives the answer of reading the
/// rows, else gathered from batches.
class Probe {
 public:
  explicit Probe(AskedTable asked) : table(std::move(asked)) {}
  virtual ~Probe() = default;

  virtual std::optional<Question> Ask() const = 0;
  virtual Status Take(const Answer& answer) = 0;
  /// A condition for the rows to show; empty: there are none to show.
  virtual std::string BrokenRows() const { return ""; }
  /// Instead, a query for them: the key's columns, then the probe's. Empty: BrokenRows is asked.
  virtual std::string SampleQuery(const std::vector<std::string>& /*key*/, int /*most*/) const { return ""; }

  /// The rule that each row is checked by on the way; null: none.
  virtual const Rule* rule() const { return nullptr; }
  /// A row breaks it. False: it is no breach, for what the rule cannot know.
  virtual bool Breach(const Batch&, int64_t /*row*/) { return false; }
  virtual Status Gather(const Batch&) { return {}; }
  virtual Status Finish() { return {}; }
  /// After both ways: is there something to show?
  virtual int64_t broken() const { return 0; }

  AskedTable table;
  std::vector<const CatalogColumn*> columns;  ///< that are read
  int64_t rows = 0;                           ///< looked at
  std::vector<CheckSample> samples;
  double seconds = 0;
  std::string how, sql;
  std::optional<Error> error;
};

/// The column of a batch that `column` is.
const Column& ColumnOf(const Batch& batch, const CatalogColumn& column);
/// A value to show: at most 1 KiB, "NULL" for none.
std::string ShownValue(const Column& column, int64_t row);
/// Is there a value that the reader could not take as it is?
bool WasOdd(const Batch& batch, const Column& column, int64_t row);
/// A whole number of an answer; NULL is 0.
int64_t CountOf(const std::optional<std::string>& text);

/// Asks all of them: each table's questions in as few statements as can be, the rest in one pass over its rows. What
/// goes wrong with one is its `error`. kRunInterrupted is the only error. `phase`: for options.progress.
Status AskAll(const std::vector<Probe*>& probes, const CheckOptions& options, const std::string& phase);

}  // namespace migrateiq::detail
