#include "connectors/mysql/mysql_doctor.hpp"

#include <algorithm>
#include <charconv>

namespace migrateiq::mysql {

namespace {

using Findings = std::vector<DoctorFinding>;
using Level = DoctorFinding::Level;

void Good(Findings& out, const char* subject, std::string message) {
  out.push_back({Level::kOk, subject, std::move(message), ""});
}

void Warn(Findings& out, const char* subject, std::string message, std::string fix) {
  out.push_back({Level::kWarning, subject, std::move(message), std::move(fix)});
}

std::string Value(Session& session, const std::string& sql) {
  const auto value = session.QueryValue(sql);
  return value && *value ? **value : "";
}

void ExamineVersion(Session& session, Findings& out) {
  const std::string version = Value(session, "SELECT VERSION()");
  const ServerKind& server = session.server();
  const bool old = server.mariadb ? server.version < 100300 : server.version < 50700;
  if (!old) return Good(out, "version", version);
  Warn(out, "version", version + " is older than what is tried", "MariaDB 10.3, MySQL 5.7 or newer is expected.");
}

void ExamineLocalInfile(Session& session, Findings& out) {
  if (Value(session, "SELECT @@global.local_infile") == "1")
    return Good(out, "local_infile", "on: the fast load is used");
  Warn(out, "local_infile", "off: as a target, rows go by INSERT, which is several times slower",
       "SET GLOBAL local_infile = 1");
}

std::string Upper(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

/// All rights of the user as one upper-case text.
std::string Grants(Session& session) {
  const auto rows = session.Query("SHOW GRANTS FOR CURRENT_USER()");
  std::string all;
  for (const auto& row : rows.value_or(QueryRows{})) all += row[0].value_or("") + "\n";
  return Upper(std::move(all));
}

void ExamineGrants(Session& session, const std::string& database, Findings& out) {
  const std::string grants = Grants(session);
  const bool everything = grants.contains("ALL PRIVILEGES ON *.*");
  const auto has = [&](std::string_view right) { return everything || grants.contains(right); };
  const bool all_here = everything || grants.contains("ALL PRIVILEGES ON " + Upper(QuoteName(database)));
  if (has("RELOAD"))
    Good(out, "privileges", "RELOAD: parallel readers share one moment");
  else if (all_here || has("LOCK TABLES")) {
    Warn(out, "privileges", "no RELOAD: tables are locked for the moment the readers begin (LOCK TABLES)",
         "GRANT RELOAD ON *.* TO the migration user, to lock for a shorter time");
  } else {
    Warn(out, "privileges", "neither RELOAD nor LOCK TABLES: as a source, only one connection reads",
         "GRANT RELOAD ON *.* (or LOCK TABLES on the database) TO the migration user");
  }
  if (all_here || has("CREATE,") || has("CREATE ON"))
    Good(out, "privileges", "CREATE: tables can be made here");
  else
    Warn(out, "privileges", "no CREATE: this cannot be a target", "GRANT ALL ON the database TO the migration user");
}

void ExaminePacket(Session& session, Findings& out) {
  const std::string text = Value(session, "SELECT @@max_allowed_packet");
  int64_t bytes = 0;
  std::from_chars(text.data(), text.data() + text.size(), bytes);
  if (bytes >= int64_t{16} << 20) return Good(out, "max_allowed_packet", text + " bytes");
  Warn(out, "max_allowed_packet", text + " bytes: larger values cannot be read or written",
       "SET GLOBAL max_allowed_packet = 67108864");
}

void ExamineEngines(Session& session, Findings& out) {
  const std::string others =
      Value(session,
            "SELECT GROUP_CONCAT(table_name ORDER BY table_name SEPARATOR ', ') FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' AND engine NOT IN ('InnoDB', "
            "'ROCKSDB', 'TokuDB')");
  if (others.empty()) return Good(out, "engines", "all tables are transactional");
  Warn(out, "engines", "not transactional, so not covered by the moment: " + others,
       "Stop writing to these tables while they are copied, or ALTER TABLE ... ENGINE=InnoDB");
}

void ExamineSettings(Session& session, Findings& out) {
  Good(out, "binlog",
       "log_bin " + Value(session, "SELECT @@log_bin") + ", format " + Value(session, "SELECT @@binlog_format"));
  Good(out, "sql_mode", Value(session, "SELECT @@global.sql_mode") + " (ours is set for each session)");
  Good(out, "lower_case_table_names", Value(session, "SELECT @@lower_case_table_names"));
}

}  // namespace

std::vector<DoctorFinding> Examine(const Url& url) {
  Findings out;
  const auto session = Session::Open(url, SessionUse::kSource, {}, !url.path.empty());
  if (!session) {
    out.push_back({Level::kBlocks, "connection", session.error().message, std::string(session.error().FixText())});
    return out;
  }
  Good(out, "connection", "reached and logged in");
  ExamineVersion(**session, out);
  ExamineGrants(**session, url.path, out);
  ExamineLocalInfile(**session, out);
  ExaminePacket(**session, out);
  ExamineEngines(**session, out);
  ExamineSettings(**session, out);
  return out;
}

}  // namespace migrateiq::mysql
