#include "connectors/mysql/mysql_dialect.hpp"
#include "connectors/mysql/mysql_doctor.hpp"
#include "connectors/mysql/mysql_source.hpp"
#include "connectors/mysql/mysql_target.hpp"

namespace migrateiq::mysql {

namespace {

/// MySQL and MariaDB, source and target.
class MysqlConnector final : public Connector {
 public:
  MysqlConnector() {
    info_.name = "mysql";
    info_.schemes = {"mysql", "mariadb"};
    info_.summary = "MySQL and MariaDB, as source and target";
    info_.example = "mysql://user:password@host:3306/database";
    info_.speaks_sql = true;
    info_.options = {
        {"socket", "path of the server's Unix socket, instead of host and port"},
        {"hostaddr", "addresses to connect to instead of looking the host's name up, separated by commas"},
        {"ssl-mode",
         "disabled, preferred (default), required, verify_ca or verify_identity (both check the host name)"},
        {"ssl-ca", "file with the certificate authority"},
        {"ssl-cert", "file with the client's certificate"},
        {"ssl-key", "file with the client's key"},
        {"charset", "source only: what the server converts text to; latin1 reads UTF-8 that was stored as latin1"},
    };
  }

  const ConnectorInfo& info() const override { return info_; }
  const Dialect& dialect() const override { return MysqlDialect::Instance(); }
  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const override {
    return MysqlSource::Open(url, options);
  }
  Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) const override {
    return MysqlTarget::Open(url, options);
  }
  std::vector<DoctorFinding> Doctor(const Url& url) const override { return Examine(url); }

 private:
  ConnectorInfo info_;
};

const ConnectorRegistrar registrar(std::make_unique<MysqlConnector>());

}  // namespace

}  // namespace migrateiq::mysql
