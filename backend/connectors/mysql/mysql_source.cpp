#include "connectors/mysql/mysql_source.hpp"

#include <algorithm>
#include <charconv>

#include "base/errors/connect.hpp"
#include "base/errors/run.hpp"
#include "connectors/mysql/mysql_catalog.hpp"
#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_reader.hpp"
#include "connectors/mysql/mysql_splits.hpp"

namespace migrateiq::mysql {

MysqlSource::MysqlSource(Url url, std::stop_token stop, std::unique_ptr<Session> planner)
    : url_(std::move(url)), stop_(std::move(stop)), planner_(std::move(planner)) {}

Result<std::unique_ptr<Source>> MysqlSource::Open(const Url& url, const OpenOptions& options) {
  if (url.path.empty()) return Fail(codes::kUrlInvalid, "the URL names no database: " + url.redacted);
  MIQ_ASSIGN(auto planner, Session::Open(url, SessionUse::kSource, options.stop));
  return std::unique_ptr<Source>(new MysqlSource(url, options.stop, std::move(planner)));
}

const Dialect& MysqlSource::dialect() const { return MysqlDialect::Instance(); }

Result<Catalog> MysqlSource::Discover(const DiscoverOptions& options) {
  return ReadCatalog(*planner_, url_.path, options);
}

Result<Table> MysqlSource::DescribeQuery(const std::string& sql) { return DescribeResult(*planner_, sql); }

Result<HeldMoment> MysqlSource::HoldMoment(int readers, const std::vector<TableName>& tables) {
  MIQ_ASSIGN(MomentSessions held, HoldOneMoment(url_, stop_, readers, tables, *planner_));
  readers_ = std::move(held.readers);
  planner_in_moment_ = held.planner_included;
  return std::move(held.moment);
}

Result<std::vector<Split>> MysqlSource::PlanSplits(const ReadRequest& request, const SplitOptions& options) {
  return PlanKeySplits(*planner_, url_.path, request, options);
}

Result<std::unique_ptr<Reader>> MysqlSource::OpenReader(const ReadRequest& request, const Split& split, int slot) {
  if (readers_.empty()) MIQ_TRY(HoldMoment(1, {}));
  const auto index = static_cast<size_t>(slot);
  if (slot < 0 || index >= readers_.size()) return Fail(codes::kInternal, "no reader slot " + std::to_string(slot));
  const std::string charset = url_.Parameter("charset", "utf8mb4");
  const bool check_utf8 = charset != "utf8mb4" && charset != "utf8";
  if (request.table != nullptr) {
    return MysqlReader::Open(readers_[index], request, *request.table, split.bounds, check_utf8);
  }
  MIQ_ASSIGN(const Table described, DescribeResult(*readers_[index], request.sql));
  return MysqlReader::Open(readers_[index], request, described, split.bounds, check_utf8);
}

Result<int64_t> MysqlSource::CountRows(const ReadRequest& request) {
  Session& session = planner_in_moment_ || readers_.empty() ? *planner_ : *readers_[0];
  MIQ_ASSIGN(const auto text,
             session.QueryValue("SELECT COUNT(*) FROM " + FromClause(request) + WhereClause(request, "")));
  int64_t count = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), count);
  return count;
}

Result<QueryRows> MysqlSource::Query(const std::string& sql) {
  if (readers_.empty()) return Fail(codes::kInternal, "a query needs the held moment");
  return readers_[0]->Query(sql);
}

/// A user sees its own connections in the process list, whatever its privileges.
Result<int64_t> MysqlSource::StatementsOfOthers() {
  MIQ_ASSIGN(const QueryRows running, planner_->Query("SHOW GLOBAL STATUS LIKE 'Threads_running'"));
  MIQ_ASSIGN(const auto own, planner_->QueryValue("SELECT COUNT(*) FROM information_schema.processlist WHERE user = "
                                                  "SUBSTRING_INDEX(USER(), '@', 1) AND command <> 'Sleep'"));
  const auto number = [](const std::optional<std::string>& text) {
    int64_t value = 0;
    if (text) std::from_chars(text->data(), text->data() + text->size(), value);
    return value;
  };
  if (running.empty()) return Fail(codes::kConnPrivilege, "the server does not tell Threads_running");
  return std::max<int64_t>(0, number(running[0].at(1)) - number(own));
}

}  // namespace migrateiq::mysql
