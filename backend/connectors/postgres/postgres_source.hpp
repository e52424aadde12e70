#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/postgres/postgres_session.hpp"
#include "connectors/postgres/postgres_types.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::postgres {

/// Reads a database. One session answers questions; each reader slot has one of its own. After HoldMoment all of them
/// share an exported snapshot; before it each sees what is committed at the moment it starts.
class PostgresSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> Open(const Url& url, const OpenOptions& options);

  const Dialect& dialect() const override;
  Result<Catalog> Discover(const DiscoverOptions& options) override;
  Result<Table> DescribeQuery(const std::string& sql) override;
  Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) override;
  Result<HeldMoment> JoinMoment(const std::string& token, int readers) override;
  Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) override;
  Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) override;
  Result<int64_t> CountRows(const ReadRequest& request) override;
  Result<QueryRows> Query(const std::string& sql) override;
  Result<int64_t> StatementsOfOthers() override;

 private:
  PostgresSource(Url url, std::stop_token stop) : url_(std::move(url)), stop_(std::move(stop)) {}
  Result<std::shared_ptr<Session>> Connect();
  Result<std::string> ExportSnapshot(const std::vector<TableName>& tables, HeldMoment& moment);
  Status LockTables(const std::vector<TableName>& tables);
  Status OpenSlots(int readers, const std::string& snapshot, HeldMoment& moment);
  Result<std::vector<Split>> BlockSplits(const ReadRequest& request, const SplitOptions& options);
  Result<std::vector<Split>> KeySplits(const ReadRequest& request, int64_t pieces);
  Result<std::string> FromClause(const ReadRequest& request, const std::string& bounds);
  Result<std::string> RestOf(const std::string& relation, const std::vector<std::string>& known);
  Result<std::vector<WireColumn>> ColumnsOf(const ReadRequest& request);

  Url url_;
  std::stop_token stop_;
  std::shared_ptr<Session> main_;                // shared with nobody, of one type with the slots
  std::vector<std::shared_ptr<Session>> slots_;  // shared with the reader that is open on the slot
  bool held_ = false;
};

}  // namespace migrateiq::postgres
