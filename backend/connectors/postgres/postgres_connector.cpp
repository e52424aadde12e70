#include "connectors/postgres/postgres_dialect.hpp"
#include "connectors/postgres/postgres_doctor.hpp"
#include "connectors/postgres/postgres_source.hpp"
#include "connectors/postgres/postgres_target.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::postgres {

namespace {

class PostgresConnector final : public Connector {
 public:
  const ConnectorInfo& info() const override {
    static const ConnectorInfo info{
        .name = "postgres",
        .schemes = {"postgresql", "postgres"},
        .summary = "PostgreSQL 10 and later: exported snapshots, ctid ranges, binary COPY",
        .example = "postgresql://user:password@host:5432/database?schema=public&sslmode=require",
        .options = {{"schema",
                     "schemas to read, separated by commas; the first is where tables without a schema are created"},
                    {"sslmode", "disable, allow, prefer, require, verify-ca, verify-full"},
                    {"connect_timeout", "seconds to wait for an answer (15)"},
                    {"...", "every other libpq parameter"}},
        .any_option = true,
        .speaks_sql = true,
    };
    return info;
  }
  const Dialect& dialect() const override { return PostgresDialect::Instance(); }
  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const override {
    return PostgresSource::Open(url, options);
  }
  Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) const override {
    return PostgresTarget::Open(url, options);
  }
  std::vector<DoctorFinding> Doctor(const Url& url) const override { return Examine(url); }
};

const ConnectorRegistrar registrar(std::make_unique<PostgresConnector>());

}  // namespace

}  // namespace migrateiq::postgres
