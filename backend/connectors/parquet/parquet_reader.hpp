#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "pipeline/connector/connector.hpp"
#include "pipeline/duck/database.hpp"

namespace migrateiq::parquet {

/// What one reader reads.
struct Scan {
  std::string relation;       ///< SQL for the rows, to stand behind FROM
  std::string where;          ///< empty = all
  std::vector<Field> fields;  ///< wanted
  int64_t rows = -1;          ///< exactly so many must come; -1 = unknown
  std::string subject;        ///< file name or query, for messages
  int64_t first_row = 0;      ///< of the file, for places
};

/// Streams a statement over files; memory does not grow with them.
class ParquetReader final : public Reader {
 public:
  static Result<std::unique_ptr<Reader>> Open(std::shared_ptr<const duck::Database> database, Scan scan,
                                              std::stop_token stop);
  const SchemaPtr& schema() const override { return schema_; }
  Result<bool> Next(Batch& batch) override;

 private:
  ParquetReader(std::shared_ptr<const duck::Database> database, duck::Connection connection, Scan scan,
                std::stop_token stop);
  Status Start();
  Result<std::string> SelectList();
  Result<bool> FillColumns(std::vector<Column>& columns, Batch& batch);
  Result<bool> End();

  std::shared_ptr<const duck::Database> database_;  // shared with the source and its other readers
  duck::Connection connection_;
  Scan scan_;
  std::stop_token stop_;
  SchemaPtr schema_;
  std::vector<LogicalType> natural_;  ///< as decoded, before they become the wanted types
  std::vector<duck::Type> types_;
  std::optional<duck::Statement> statement_;
  std::optional<duck::Rows> rows_;
  int64_t read_ = 0;
  std::optional<std::stop_callback<std::function<void()>>> on_stop_;
};

}  // namespace migrateiq::parquet
