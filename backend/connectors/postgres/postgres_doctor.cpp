#include "connectors/postgres/postgres_doctor.hpp"

#include "connectors/postgres/postgres_session.hpp"

namespace migrateiq::postgres {

namespace {

using Level = DoctorFinding::Level;

class Examination {
 public:
  explicit Examination(Session& session) : session_(session) {}

  std::vector<DoctorFinding> Run() {
    Add(Level::kOk, "server",
        "PostgreSQL " + Ask("SELECT current_setting('server_version')") + ", user " + Ask("SELECT current_user"));
    if (session_.server_version() < 140000) {
      Add(Level::kWarning, "version", "tables are cut by integer keys only",
          "upgrade to PostgreSQL 14 or later for parallel reading of every table");
    }
    Encoding();
    Privileges();
    Settings();
    return std::move(findings_);
  }

 private:
  std::string Ask(const std::string& sql) {
    const auto rows = session_.Query(sql);
    return rows && rows->count() > 0 ? rows->Text(0, 0) : "";
  }

  void Add(Level level, std::string subject, std::string message, std::string fix = "") {
    findings_.push_back({level, std::move(subject), std::move(message), std::move(fix)});
  }

  void Encoding() {
    const std::string encoding = Ask("SELECT current_setting('server_encoding')");
    if (encoding == "UTF8") return Add(Level::kOk, "encoding", "UTF8");
    Add(Level::kWarning, "encoding",
        "the database is " + encoding + ": text outside it is refused (target) or unchecked (SQL_ASCII source)",
        "create the target database with ENCODING 'UTF8'");
  }

  void Privileges() {
    const bool create = Ask("SELECT has_database_privilege(current_database(), 'CREATE')") == "t";
    if (create)
      Add(Level::kOk, "privileges", "may create schemas");
    else
      Add(Level::kWarning, "privileges", "may not create schemas, which a target needs",
          "GRANT CREATE ON DATABASE ... TO the migration user");
    const std::string unreadable =
        Ask("SELECT string_agg(quote_ident(n.nspname) || '.' || quote_ident(c.relname), ', ') FROM (SELECT * FROM "
            "pg_class WHERE relkind IN ('r', 'p') "
            "AND NOT has_table_privilege(oid, 'SELECT')) c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
            "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'");
    if (!unreadable.empty())
      Add(Level::kWarning, "tables", "no SELECT on " + unreadable.substr(0, 300),
          "GRANT SELECT on them, or exclude them");
    const std::string replica = session_.server_version() >= 150000
                                    ? "SELECT has_parameter_privilege('session_replication_role', 'SET')"
                                    : "SELECT current_setting('is_superuser') = 'on'";
    if (Ask(replica) == "t")
      return Add(Level::kOk, "session_replication_role", "triggers of existing tables can be kept still while loading");
    Add(Level::kWarning, "session_replication_role",
        "may not be set: triggers of existing tables are disabled one by one instead, which needs ownership",
        session_.server_version() >= 150000 ? "GRANT SET ON PARAMETER session_replication_role TO the migration user"
                                            : "use a superuser, or own the tables");
  }

  void Settings() {
    if (Ask("SELECT pg_is_in_recovery()") == "t") {
      Add(Level::kWarning, "standby",
          "the server is a standby: it can be a source only, and long reads may be cancelled",
          "raise max_standby_streaming_delay or set hot_standby_feedback = on there");
    }
    const std::string free =
        Ask("SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int - "
            "(SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend')");
    const bool few = !free.empty() && std::atoi(free.c_str()) < 8;
    Add(few ? Level::kWarning : Level::kOk, "connections", free + " connections are free",
        few ? "raise max_connections or let a run use fewer workers" : "");
  }

  Session& session_;
  std::vector<DoctorFinding> findings_;
};

}  // namespace

std::vector<DoctorFinding> Examine(const Url& url) {
  const auto session = Session::Open(url, {});
  if (session) return Examination(**session).Run();
  return {{Level::kBlocks, "connection", session.error().message, std::string(session.error().FixText())}};
}

}  // namespace migrateiq::postgres
