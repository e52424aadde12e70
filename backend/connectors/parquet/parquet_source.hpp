#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "connectors/parquet/parquet_reader.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/io.hpp"
#include "pipeline/connector/files/listing.hpp"
#include "pipeline/duck/database.hpp"

namespace migrateiq::parquet {

/// Tables are files or folders of parts. The moment is the files as they were when it was held: a reader that finds
/// another size, time or content ends with kRunChanged.
class ParquetSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> Open(const std::string& path, const OpenOptions& options);

  const Dialect& dialect() const override;
  Result<Catalog> Discover(const DiscoverOptions& options) override;
  Result<Table> DescribeQuery(const std::string& sql) override;
  Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) override;
  Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) override;
  Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) override;
  Result<int64_t> CountRows(const ReadRequest& request) override;

 private:
  ParquetSource(std::string path, duck::Database database, duck::Connection connection, std::stop_token stop);
  Result<files::FileTable> Find(const TableName& table) const;
  Result<std::string> Relation(const ReadRequest& request);
  Status MakeViews(const duck::Connection& connection) const;
  Result<files::FileIdentity> IdentityOf(const std::filesystem::path& file);
  Result<Scan> MakeScan(const ReadRequest& request, const std::string& bounds);
  Result<Scan> QueryScan(const ReadRequest& request);

  std::string path_;
  std::shared_ptr<const duck::Database> database_;  // shared with the readers
  duck::Connection connection_;
  std::stop_token stop_;
  bool views_made_ = false;
  std::mutex mutex_;  ///< readers are opened from several threads
  std::map<std::string, files::FileIdentity> moment_;
};

}  // namespace migrateiq::parquet
