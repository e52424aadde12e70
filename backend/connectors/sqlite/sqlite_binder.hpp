#pragma once

#include <sqlite3.h>

#include <string>
#include <vector>

#include "base/error.hpp"
#include "connectors/sqlite/sqlite_types.hpp"
#include "pipeline/batch/batch.hpp"
#include "pipeline/schema/catalog.hpp"

namespace migrateiq::sqlite {

/// Binds the rows of batches to the parameters 1..n of a statement, each value in the form that its column's declared
/// type keeps exactly. Texts are bound by address: the batch must outlive the step.
class RowBinder {
 public:
  RowBinder(const Schema& schema, const Table& table);

  /// kDataRefused for a value SQLite has none for (NaN).
  Status Bind(sqlite3_stmt* statement, const Batch& batch, int64_t row);

 private:
  struct Place {
    std::string name;
    Affinity affinity;
    std::string text;  ///< of the value being bound
  };
  int BindValue(sqlite3_stmt* statement, int index, const Column& column, int64_t row, Place& place);

  std::vector<Place> places_;
};

}  // namespace migrateiq::sqlite
