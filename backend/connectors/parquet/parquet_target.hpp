#pragma once

#include <memory>

#include "pipeline/connector/files/file_target.hpp"
#include "pipeline/duck/database.hpp"

namespace migrateiq::parquet {

/// Parquet's types are those of files; JSON keeps its text.
const files::FileDialect& ParquetDialect();

class ParquetTarget final : public files::FileTarget {
 public:
  static Result<std::unique_ptr<Target>> Open(const std::string& folder, const OpenOptions& options);

  Result<std::unique_ptr<Writer>> OpenWriter(const WriteRequest& request) override;
  Status CheckDefinition(const Table& table) override;
  int max_writers() const override { return 2; }  // each keeps a row group in memory

 protected:
  Result<bool> HasRows(const std::filesystem::path& file) override;
  Status WriteEmpty(const std::filesystem::path& file, const std::vector<Field>& columns) override;

 private:
  ParquetTarget(const std::string& folder, const OpenOptions& options, std::shared_ptr<const duck::Database> database);

  std::shared_ptr<const duck::Database> database_;  // shared with the writers
};

}  // namespace migrateiq::parquet
