#include <mysql.h>

#include <cstdlib>

#include "tests/runner/scenario.hpp"
#include "tests/runner/system.hpp"

namespace migrateiq::runner {
namespace {

using Connection = std::unique_ptr<MYSQL, decltype(&mysql_close)>;

/// mysql://user:password@host:port/, as tools/test_servers.sh prints it.
struct Address {
  std::string user, password, host;
  unsigned port = 3306;
};

Address SplitAddress(const std::string& url) {
  const size_t begin = url.find("://") + 3;
  const size_t at = url.find('@', begin);
  const size_t colon = url.find(':', begin);
  const size_t port = url.find(':', at);
  return {url.substr(begin, colon - begin), url.substr(colon + 1, at - colon - 1), url.substr(at + 1, port - at - 1),
          static_cast<unsigned>(std::atoi(url.c_str() + port + 1))};
}

class Mariadb final : public System {
 public:
  Mariadb(const SystemRequest& request, const std::string& server)
      : server_(SplitAddress(server)),
        login_(server_),
        name_(UniqueName(request.role)),
        parameters_(request.parameters) {}

  ~Mariadb() override {
    if (auto admin = Connect("")) {
      (void)Run(*admin, "DROP DATABASE IF EXISTS " + name_);
      if (login_.user != server_.user) (void)Run(*admin, "DROP USER IF EXISTS " + Account(login_.user));
    }
  }
  Mariadb(const Mariadb&) = delete;
  Mariadb& operator=(const Mariadb&) = delete;

  Outcomes<void> Create() {
    auto admin = Connect("");
    if (!admin) return std::unexpected(admin.error());
    return Run(*admin, "CREATE DATABASE " + name_ + " CHARACTER SET utf8mb4");
  }

  std::string Url() const override {
    return "mysql://" + login_.user + ":" + login_.password + "@" + login_.host + ":" + std::to_string(login_.port) +
           "/" + name_ + parameters_;
  }
  std::string password() const override { return login_.password; }
  std::string name() const override { return name_; }

  Outcomes<void> Execute(const std::string& text) override {
    auto connection = Connect(name_);
    if (!connection) return std::unexpected(connection.error());
    return Run(*connection, text);
  }

  Outcomes<Rows> Query(const std::string& sql) override {
    auto connection = Connect(name_);
    if (!connection) return std::unexpected(connection.error());
    if (mysql_real_query(connection->get(), sql.data(), sql.size()) != 0)
      return std::unexpected(mysql_error(connection->get()));
    return ToRows(connection->get());
  }

  Outcomes<Rows> Columns(const std::string& table) override {
    return Query(
        "SELECT CONCAT(column_name, ' ', column_type, IF(is_nullable = 'NO', ' not null', '')) "
        "FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = '" +
        table + "' ORDER BY ordinal_position");
  }

  int64_t LedgerLines() override {
    const auto rows = Query("SELECT count(*) FROM migrateiq_chunk");
    return rows && !rows->empty() ? std::atoll(rows->front().c_str()) : 0;
  }

  Outcomes<void> UseRestrictedLogin(const std::string& grants) override {
    Address restricted = server_;
    restricted.user = name_ + "_u";
    restricted.password = "Pw-" + name_;
    auto made = Execute("CREATE USER " + Account(restricted.user) + " IDENTIFIED BY '" + restricted.password + "'");
    if (made) made = Execute(ReplaceAll(grants, "{user}", Account(restricted.user)));
    if (made) login_ = restricted;
    return made;
  }

 private:
  static std::string Account(const std::string& user) { return "'" + user + "'@'127.0.0.1'"; }

  Outcomes<Connection> Connect(const std::string& database) {
    Connection connection(mysql_init(nullptr), &mysql_close);
    mysql_options(connection.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const char* chosen = database.empty() ? nullptr : database.c_str();
    if (mysql_real_connect(connection.get(), server_.host.c_str(), server_.user.c_str(), server_.password.c_str(),
                           chosen, server_.port, nullptr, CLIENT_MULTI_STATEMENTS) == nullptr) {
      return std::unexpected(mysql_error(connection.get()));
    }
    mysql_query(connection.get(), "SET time_zone = '+00:00'");
    return connection;
  }

  static Outcomes<void> Run(const Connection& connection, const std::string& sql) {
    int more = mysql_real_query(connection.get(), sql.data(), sql.size());
    while (more == 0) {
      mysql_free_result(mysql_store_result(connection.get()));
      more = mysql_next_result(connection.get());
    }
    if (more > 0) return std::unexpected(mysql_error(connection.get()));
    return {};
  }

  static Outcomes<Rows> ToRows(MYSQL* connection) {
    const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_store_result(connection),
                                                                          &mysql_free_result);
    if (result == nullptr) return std::unexpected("the statement yields no rows");
    Rows rows;
    while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
      const unsigned long* lengths = mysql_fetch_lengths(result.get());
      std::vector<std::string> values;
      for (unsigned i = 0; i < mysql_num_fields(result.get()); ++i) values.push_back(Value(row[i], lengths[i]));
      rows.push_back(JoinRow(values));
    }
    return rows;
  }

  static std::string Value(const char* bytes, unsigned long length) {
    return bytes == nullptr ? ShowValue(std::nullopt) : ShowValue(std::string_view(bytes, length));
  }

  Address server_, login_;
  std::string name_, parameters_;
};

}  // namespace

Outcomes<std::unique_ptr<System>> MakeMariadb(const SystemRequest& request) {
  auto system = std::make_unique<Mariadb>(request, std::getenv("MIQ_TEST_MARIADB"));
  if (auto created = system->Create(); !created) return std::unexpected(created.error());
  return system;
}

}  // namespace migrateiq::runner
