#include "pipeline/run/same_table.hpp"

#include <algorithm>
#include <filesystem>

#include "base/errors/plan.hpp"

namespace migrateiq {

namespace {

namespace fs = std::filesystem;

/// What tells one database of all servers from another, asked over a connection.
std::string PlaceQuery(std::string_view dialect) {
  if (dialect == "postgresql")
    return "SELECT pg_postmaster_start_time()::text, oid::text FROM pg_database WHERE datname = current_database()";
  if (dialect == "mysql") return "SELECT @@hostname, @@port, @@datadir, @@server_id, DATABASE()";
  return "";
}

bool IsServer(const Ends& ends) { return !PlaceQuery(ends.target_connector->dialect().name()).empty(); }

Result<bool> IsSameDatabase(const Ends& ends, const OpenOptions& options) {
  const std::string sql = PlaceQuery(ends.target_connector->dialect().name());
  OpenOptions existing = options;
  existing.create_database = false;
  MIQ_ASSIGN(const std::unique_ptr<Target> there, OpenTarget(ends.target_url, existing));
  auto here = OpenTarget(ends.source_url, existing);
  if (!here) return ends.source_url.host == ends.target_url.host && ends.source_url.path == ends.target_url.path;
  MIQ_ASSIGN(const QueryRows target, there->Query(sql));
  MIQ_ASSIGN(const QueryRows source, (*here)->Query(sql));
  return source == target;
}

/// The folder in which a path or pattern names files, or the file itself.
fs::path PlaceOf(const fs::path& path) {
  std::error_code failed;
  const fs::path place = fs::weakly_canonical(path, failed);
  return failed ? path.lexically_normal() : place;
}

/// A folder of files may be named by itself, by one of its files or by a pattern.
bool IsSamePlace(const std::string& source, const std::string& target) {
  const fs::path from = PlaceOf(source), into = PlaceOf(target);
  return from == into || from.parent_path() == into || from == into.parent_path();
}

Result<bool> IsSame(const Ends& ends, const OpenOptions& options) {
  if (ends.source_connector != ends.target_connector) return false;
  return IsServer(ends) ? IsSameDatabase(ends, options) : IsSamePlace(ends.source_url.path, ends.target_url.path);
}

bool IsLost(const TableTask& task, bool server) {
  return task.fate == TableFate::kTruncate || (server && task.fate == TableFate::kReplace);
}

bool IsRead(const ResolvedPlan& resolved, const TableName& table) {
  return std::ranges::any_of(resolved.tables, [&](const TableTask& task) {
    return task.sql.empty() ? task.source.name == table : task.sql.contains(table.name);
  });
}

}  // namespace

Status RefuseOwnSource(const Ends& ends, const ResolvedPlan& resolved, const OpenOptions& options) {
  const bool server = IsServer(ends);
  const auto lost = std::ranges::find_if(resolved.tables, [&](const TableTask& task) {
    return IsLost(task, server) && IsRead(resolved, task.target.name);
  });
  if (lost == resolved.tables.end()) return {};
  MIQ_ASSIGN(const bool same, IsSame(ends, options));
  if (!same) return {};
  const std::string deed = lost->fate == TableFate::kTruncate ? "emptied" : "replaced";
  return Fail(Error(codes::kPlanValue, "the table would be " + deed + " while the run reads it: it is in the source " +
                                           "and in the target; nothing was written")
                  .Table(lost->target_label)
                  .Fix("Give the mapping another target table, or the plan another target."));
}

}  // namespace migrateiq
