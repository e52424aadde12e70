#pragma once

#include <map>
#include <string>
#include <vector>

#include "connectors/sqlite/sqlite_handle.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::sqlite {

/// Reads a database file. Opened read-only; where its folder lets no lock be made, as an immutable file.
class SqliteSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> Open(const std::string& path, const OpenOptions& options,
                                              int busy_milliseconds);

  const Dialect& dialect() const override;
  Result<Catalog> Discover(const DiscoverOptions& options) override;
  Result<Table> DescribeQuery(const std::string& sql) override;
  Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) override;
  Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) override;
  Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) override;
  Result<int64_t> CountRows(const ReadRequest& request) override;
  Result<QueryRows> Query(const std::string& sql) override;

 private:
  SqliteSource(std::string path, std::stop_token stop, int busy_milliseconds)
      : path_(std::move(path)), stop_(std::move(stop)), busy_milliseconds_(busy_milliseconds) {}

  Result<Database> Connect(Access access) const;
  Status Start();
  Status OpenSlots(int readers);
  Status HoldWithoutLock(HeldMoment& moment);
  Result<SchemaPtr> SchemaOf(const ReadRequest& request);
  std::string WalPath() const { return path_ + "-wal"; }

  std::string path_;
  std::stop_token stop_;
  int busy_milliseconds_;
  Access access_ = Access::kReadOnly;
  Database control_;  ///< plans and counts, in the same moment as the slots
  std::vector<Database> slots_;
  std::map<std::string, Table> queries_;  ///< described already
  bool utf8_ = true;
  bool wal_ = false;
};

}  // namespace migrateiq::sqlite
