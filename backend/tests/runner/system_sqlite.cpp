#include <sqlite3.h>

#include <cstdlib>

#include "tests/runner/system.hpp"

namespace migrateiq::runner {
namespace {

using Connection = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;
using Statement = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

constexpr int kBusyMilliseconds = 10000;

class Sqlite final : public System {
 public:
  explicit Sqlite(const SystemRequest& request)
      : path_(request.folder + "/" + UniqueName(request.role) + ".db"), parameters_(request.parameters) {}

  std::string Url() const override { return "sqlite://" + path_ + parameters_; }
  std::string name() const override { return path_; }

  Outcomes<void> Execute(const std::string& text) override {
    auto connection = Connect();
    if (!connection) return std::unexpected(connection.error());
    if (sqlite3_exec(connection->get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
      return std::unexpected(sqlite3_errmsg(connection->get()));
    }
    return {};
  }

  Outcomes<Rows> Query(const std::string& sql) override {
    auto connection = Connect();
    if (!connection) return std::unexpected(connection.error());
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(connection->get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) {
      return std::unexpected(sqlite3_errmsg(connection->get()));
    }
    const Statement statement(raw, &sqlite3_finalize);
    Rows rows;
    while (sqlite3_step(raw) == SQLITE_ROW) rows.push_back(Row(raw));
    return rows;
  }

  Outcomes<Rows> Columns(const std::string& table) override {
    return Query(
        "SELECT name || ' ' || type || CASE WHEN \"notnull\" THEN ' not null' ELSE '' END FROM pragma_table_xinfo('" +
        table + "') ORDER BY cid");
  }

  int64_t LedgerLines() override {
    const auto rows = Query("SELECT count(*) FROM migrateiq_chunk");
    return rows && !rows->empty() ? std::atoll(rows->front().c_str()) : 0;
  }

 private:
  Outcomes<Connection> Connect() const {
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open(path_.c_str(), &raw);
    Connection connection(raw, &sqlite3_close);
    if (opened != SQLITE_OK) return std::unexpected(sqlite3_errmsg(raw));
    sqlite3_busy_timeout(raw, kBusyMilliseconds);
    sqlite3_exec(raw, "PRAGMA foreign_keys = ON", nullptr, nullptr, nullptr);
    return connection;
  }

  static std::string Row(sqlite3_stmt* statement) {
    std::vector<std::string> values;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) values.push_back(Value(statement, i));
    return JoinRow(values);
  }

  static std::string Value(sqlite3_stmt* statement, int column) {
    if (sqlite3_column_type(statement, column) == SQLITE_NULL) return ShowValue(std::nullopt);
    const void* bytes = sqlite3_column_blob(statement, column);
    const auto length = static_cast<size_t>(sqlite3_column_bytes(statement, column));
    return ShowValue(std::string_view(static_cast<const char*>(bytes), length));
  }

  std::string path_, parameters_;
};

}  // namespace

Outcomes<std::unique_ptr<System>> MakeSqlite(const SystemRequest& request) { return std::make_unique<Sqlite>(request); }

}  // namespace migrateiq::runner
