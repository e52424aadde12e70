#include <libpq-fe.h>

#include <cstdlib>

#include "tests/runner/scenario.hpp"
#include "tests/runner/system.hpp"

namespace migrateiq::runner {
namespace {

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;
using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

constexpr const char* kColumns =
    "SELECT attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' not null' ELSE '' END "
    "FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum";

/// postgresql://user:password@host:port/database, as tools/test_servers.sh prints it.
struct Address {
  std::string user, password, host_port;
};

Address SplitAddress(const std::string& url) {
  const size_t begin = url.find("://") + 3;
  const size_t colon = url.find(':', begin);
  const size_t at = url.find('@', begin);
  const size_t slash = url.find('/', at);
  return {url.substr(begin, colon - begin), url.substr(colon + 1, at - colon - 1), url.substr(at + 1, slash - at - 1)};
}

class Postgres final : public System {
 public:
  Postgres(const SystemRequest& request, const std::string& server)
      : server_(SplitAddress(server)),
        login_(server_),
        name_(UniqueName(request.role)),
        parameters_(request.parameters) {}

  ~Postgres() override {
    if (auto admin = Connect(server_, "postgres")) {
      (void)Run(*admin, "DROP DATABASE IF EXISTS " + name_ + " WITH (FORCE)");
      if (login_.user != server_.user) (void)Run(*admin, "DROP ROLE IF EXISTS " + login_.user);
    }
  }
  Postgres(const Postgres&) = delete;
  Postgres& operator=(const Postgres&) = delete;

  Outcomes<void> Create() {
    auto admin = Connect(server_, "postgres");
    if (!admin) return std::unexpected(admin.error());
    return Run(*admin, "CREATE DATABASE " + name_ + " TEMPLATE template0");
  }

  std::string Url() const override { return Url(login_, name_) + parameters_; }
  std::string password() const override { return login_.password; }
  std::string name() const override { return name_; }

  Outcomes<void> Execute(const std::string& text) override {
    auto connection = Connect(server_, name_);
    if (!connection) return std::unexpected(connection.error());
    return Run(*connection, text);
  }

  Outcomes<Rows> Query(const std::string& sql) override { return Query(sql, {}); }
  Outcomes<Rows> Columns(const std::string& table) override { return Query(kColumns, {table.c_str()}); }

  int64_t LedgerLines() override {
    const auto rows = Query("SELECT count(*) FROM migrateiq.chunk", {});
    return rows && !rows->empty() ? std::atoll(rows->front().c_str()) : 0;
  }

  Outcomes<void> UseRestrictedLogin(const std::string& grants) override {
    const Address restricted{name_ + "_login", "Pw-" + name_, server_.host_port};
    auto made = Execute("CREATE ROLE " + restricted.user + " LOGIN PASSWORD '" + restricted.password + "'");
    if (made) made = Execute(ReplaceAll(grants, "{user}", restricted.user));
    if (made) login_ = restricted;
    return made;
  }

 private:
  static std::string Url(const Address& address, const std::string& database) {
    return "postgresql://" + address.user + ":" + address.password + "@" + address.host_port + "/" + database;
  }

  static Outcomes<Connection> Connect(const Address& address, const std::string& database) {
    const std::string url = Url(address, database) + "?options=-c%20timezone%3DUTC%20-c%20datestyle%3DISO";
    Connection connection(PQconnectdb(url.c_str()), &PQfinish);
    if (PQstatus(connection.get()) != CONNECTION_OK) return std::unexpected(PQerrorMessage(connection.get()));
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    return connection;
  }

  static Outcomes<void> Run(const Connection& connection, const std::string& sql) {
    const Answer answer(PQexec(connection.get(), sql.c_str()), &PQclear);
    const ExecStatusType status = PQresultStatus(answer.get());
    const bool good = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_EMPTY_QUERY;
    if (!good) return std::unexpected(PQerrorMessage(connection.get()));
    return {};
  }

  Outcomes<Rows> Query(const std::string& sql, const std::vector<const char*>& parameters) {
    auto connection = Connect(server_, name_);
    if (!connection) return std::unexpected(connection.error());
    const Answer answer(PQexecParams(connection->get(), sql.c_str(), static_cast<int>(parameters.size()), nullptr,
                                     parameters.data(), nullptr, nullptr, 0),
                        &PQclear);
    if (PQresultStatus(answer.get()) != PGRES_TUPLES_OK) return std::unexpected(PQerrorMessage(connection->get()));
    return ToRows(answer.get());
  }

  static Rows ToRows(const PGresult* answer) {
    Rows rows;
    for (int row = 0; row < PQntuples(answer); ++row) {
      std::vector<std::string> values;
      for (int column = 0; column < PQnfields(answer); ++column) values.push_back(Value(answer, row, column));
      rows.push_back(JoinRow(values));
    }
    return rows;
  }

  static std::string Value(const PGresult* answer, int row, int column) {
    if (PQgetisnull(answer, row, column) != 0) return ShowValue(std::nullopt);
    return ShowValue(
        std::string_view(PQgetvalue(answer, row, column), static_cast<size_t>(PQgetlength(answer, row, column))));
  }

  Address server_, login_;
  std::string name_, parameters_;
};

}  // namespace

Outcomes<std::unique_ptr<System>> MakePostgres(const SystemRequest& request) {
  auto system = std::make_unique<Postgres>(request, std::getenv("MIQ_TEST_POSTGRES"));
  if (auto created = system->Create(); !created) return std::unexpected(created.error());
  return system;
}

}  // namespace migrateiq::runner
