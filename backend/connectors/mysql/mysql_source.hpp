#pragma once

#include <memory>
#include <string>
#include <vector>

#include "connectors/mysql/mysql_moment.hpp"

namespace migrateiq::mysql {

/// Reads a MySQL or MariaDB database. Plans on a connection of its own, so that planning one table and reading another
/// do not meet.
class MysqlSource final : public Source {
 public:
  static Result<std::unique_ptr<Source>> Open(const Url& url, const OpenOptions& options);

  const Dialect& dialect() const override;
  Result<Catalog> Discover(const DiscoverOptions& options) override;
  Result<Table> DescribeQuery(const std::string& sql) override;
  Result<HeldMoment> HoldMoment(int readers, const std::vector<TableName>& tables) override;
  Result<std::vector<Split>> PlanSplits(const ReadRequest& request, const SplitOptions& options) override;
  Result<std::unique_ptr<Reader>> OpenReader(const ReadRequest& request, const Split& split, int slot) override;
  Result<int64_t> CountRows(const ReadRequest& request) override;
  Result<QueryRows> Query(const std::string& sql) override;
  /// Those of other users: the server does not tell our connections apart from others of the same user.
  Result<int64_t> StatementsOfOthers() override;

 private:
  MysqlSource(Url url, std::stop_token stop, std::unique_ptr<Session> planner);

  Url url_;
  std::stop_token stop_;
  std::unique_ptr<Session> planner_;
  std::vector<SessionPtr> readers_;
  bool planner_in_moment_ = false;
};

}  // namespace migrateiq::mysql
