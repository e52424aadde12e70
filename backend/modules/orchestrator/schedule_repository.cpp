#include <algorithm>

#include "base/errors/api.hpp"
#include "modules/orchestrator/cron.hpp"
#include "modules/orchestrator/schedule.hpp"

namespace migrateiq::orchestrator {

namespace {

constexpr std::string_view kScheduleColumns =
    "schedule_id, tenant_id, project_id, plan_id, name, kind, cron, time_zone, once_at, enabled, next_at, last_at, "
    "last_run_id, last_error, acts_for, acts_for_name, version, missed, overlap, confirmed, subject";

Schedule ScheduleFrom(const store::Row& row) {
  return {.schedule_id = row.Text(0),
          .tenant_id = row.Text(1),
          .project_id = row.Text(2),
          .plan_id = row.Text(3),
          .name = row.Text(4),
          .kind = row.Text(5),
          .cron = row.Text(6),
          .time_zone = row.Text(7),
          .once_at = row.OptionalInteger(8),
          .missed = row.Text(17),
          .overlap = row.Text(18),
          .subject = row.Text(20),
          .confirmed = row.Boolean(19),
          .enabled = row.Boolean(9),
          .next_at = row.OptionalInteger(10),
          .last_at = row.OptionalInteger(11),
          .last_run_id = row.Text(12),
          .last_error = row.Text(13),
          .acts_for = row.Text(14),
          .acts_for_name = row.Text(15),
          .version = row.Integer(16)};
}

constexpr std::string_view kWindowColumns =
    "window_id, tenant_id, connection_id, name, mode, cron, time_zone, minutes, version";

Window WindowFrom(const store::Row& row) {
  return {.window_id = row.Text(0),
          .tenant_id = row.Text(1),
          .connection_id = row.Text(2),
          .name = row.Text(3),
          .mode = row.Text(4),
          .cron = row.Text(5),
          .time_zone = row.Text(6),
          .minutes = row.Integer(7),
          .version = row.Integer(8)};
}

template <class T, class From>
std::vector<T> All(const store::Rows& rows, From from) {
  std::vector<T> all;
  for (const store::Row& row : rows) all.push_back(from(row));
  return all;
}

Status Found(int64_t changed, const std::string& what) {
  if (changed > 0) return {};
  return Fail(codes::kApiNotFound, "there is no " + what);
}

}  // namespace

namespace schedules {

Status Insert(store::Session& session, const Schedule& s) {
  MIQ_TRY(session.Execute(
      "INSERT INTO schedule (" + std::string(kScheduleColumns) +
          ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, "
          "$20, $21)",
      s.schedule_id, s.tenant_id, s.project_id, s.plan_id, s.name, s.kind, s.cron, s.time_zone, s.once_at, s.enabled,
      s.next_at, s.last_at, s.last_run_id, s.last_error, s.acts_for, s.acts_for_name, s.version, s.missed, s.overlap,
      s.confirmed, s.subject));
  return {};
}

Status Update(store::Session& session, const Schedule& s) {
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute(
          "UPDATE schedule SET name = $3, kind = $4, cron = $5, time_zone = $6, once_at = $7, enabled = $8, "
          "next_at = $9, last_at = $10, "
          "last_run_id = $11, last_error = $12, missed = $13, overlap = $14, confirmed = $15, acts_for = $16, "
          "acts_for_name = "
          "$17, version = version + 1 WHERE schedule_id = $1 AND tenant_id = $2",
          s.schedule_id, s.tenant_id, s.name, s.kind, s.cron, s.time_zone, s.once_at, s.enabled, s.next_at, s.last_at,
          s.last_run_id, s.last_error, s.missed, s.overlap, s.confirmed, s.acts_for, s.acts_for_name));
  return Found(changed, "schedule '" + s.schedule_id + "'");
}

Status Delete(store::Session& session, const std::string& tenant_id, const std::string& schedule_id) {
  MIQ_ASSIGN(const int64_t changed,
             session.Execute("DELETE FROM schedule WHERE schedule_id = $1 AND tenant_id = $2", schedule_id, tenant_id));
  return Found(changed, "schedule '" + schedule_id + "'");
}

Result<Schedule> Find(store::Session& session, const std::string& tenant_id, const std::string& schedule_id) {
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT " + std::string(kScheduleColumns) +
                                                       " FROM schedule WHERE schedule_id = $1 AND tenant_id = $2",
                                                   schedule_id, tenant_id));
  MIQ_TRY(Found(static_cast<int64_t>(rows.size()), "schedule '" + schedule_id + "'"));
  return ScheduleFrom(rows.front());
}

Result<std::vector<Schedule>> List(store::Session& session, const std::string& tenant_id, const std::string& project_id,
                                   const std::string& after, int64_t limit) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query(
          "SELECT " + std::string(kScheduleColumns) +
              " FROM schedule WHERE tenant_id = $1 AND ($2 = '' OR project_id = $2) AND schedule_id > $3 ORDER BY "
              "schedule_id LIMIT $4",
          tenant_id, project_id, after, limit));
  return All<Schedule>(rows, ScheduleFrom);
}

Result<std::vector<Schedule>> Due(store::Session& session, Micros now) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kScheduleColumns) +
                               " FROM schedule WHERE enabled = 1 AND next_at <= $1 ORDER BY next_at LIMIT 100",
                           now));
  return All<Schedule>(rows, ScheduleFrom);
}

Result<std::optional<Micros>> NextOf(const Schedule& schedule, Micros now) {
  if (schedule.cron.empty())
    return schedule.enabled && schedule.once_at && *schedule.once_at > now ? schedule.once_at : std::nullopt;
  MIQ_ASSIGN(const Cron cron, Cron::Parse(schedule.cron, schedule.time_zone));
  return schedule.enabled ? cron.Next(now) : std::nullopt;
}

}  // namespace schedules

namespace windows {

Status Insert(store::Session& session, const Window& w) {
  MIQ_TRY(session.Execute("INSERT INTO maintenance_window (" + std::string(kWindowColumns) +
                              ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                          w.window_id, w.tenant_id, w.connection_id, w.name, w.mode, w.cron, w.time_zone, w.minutes,
                          w.version));
  return {};
}

Status Update(store::Session& session, const Window& w) {
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute("UPDATE maintenance_window SET connection_id = $3, name = $4, mode = $5, cron = $6, time_zone = "
                      "$7, minutes = $8, version = version + 1 "
                      "WHERE window_id = $1 AND tenant_id = $2",
                      w.window_id, w.tenant_id, w.connection_id, w.name, w.mode, w.cron, w.time_zone, w.minutes));
  return Found(changed, "maintenance window '" + w.window_id + "'");
}

Status Delete(store::Session& session, const std::string& tenant_id, const std::string& window_id) {
  MIQ_ASSIGN(
      const int64_t changed,
      session.Execute("DELETE FROM maintenance_window WHERE window_id = $1 AND tenant_id = $2", window_id, tenant_id));
  return Found(changed, "maintenance window '" + window_id + "'");
}

Result<Window> Find(store::Session& session, const std::string& tenant_id, const std::string& window_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kWindowColumns) +
                               " FROM maintenance_window WHERE window_id = $1 AND tenant_id = $2",
                           window_id, tenant_id));
  MIQ_TRY(Found(static_cast<int64_t>(rows.size()), "maintenance window '" + window_id + "'"));
  return WindowFrom(rows.front());
}

Result<std::vector<Window>> List(store::Session& session, const std::string& tenant_id, const std::string& after,
                                 int64_t limit) {
  MIQ_ASSIGN(
      const store::Rows rows,
      session.Query("SELECT " + std::string(kWindowColumns) +
                        " FROM maintenance_window WHERE tenant_id = $1 AND window_id > $2 ORDER BY window_id LIMIT $3",
                    tenant_id, after, limit));
  return All<Window>(rows, WindowFrom);
}

namespace {

/// Did it open within its length before now?
Result<bool> IsInside(const Window& window, Micros now) {
  MIQ_ASSIGN(const Cron cron, Cron::Parse(window.cron, window.time_zone));
  const auto opened = cron.Next(now - window.minutes * kMinute);
  return opened && *opened <= now;
}

}  // namespace

Result<bool> IsOpen(store::Session& session, const std::string& tenant_id, const std::string& connection_id,
                    Micros now) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT " + std::string(kWindowColumns) +
                               " FROM maintenance_window WHERE tenant_id = $1 AND connection_id IN ('', $2)",
                           tenant_id, connection_id));
  bool any_allow = false, allowed = false;
  for (const store::Row& row : rows) {
    const Window window = WindowFrom(row);
    MIQ_ASSIGN(const bool inside, IsInside(window, now));
    if (window.mode == "deny" && inside) return false;
    any_allow |= window.mode == "allow";
    allowed |= window.mode == "allow" && inside;
  }
  return !any_allow || allowed;
}

}  // namespace windows

}  // namespace migrateiq::orchestrator
