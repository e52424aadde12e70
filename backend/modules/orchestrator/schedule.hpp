#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "modules/orchestrator/run_service.hpp"

/// Schedules (when runs begin by themselves) and maintenance windows (when a connection may be written into).
namespace migrateiq::orchestrator {

struct Schedule {
  std::string schedule_id, tenant_id, project_id, plan_id, name;
  std::string kind = "run";     ///< of the runs: run | rehearse | verify; or of jobs, which have no plan
  std::string cron, time_zone;  ///< cron empty: once, at `once_at`
  std::optional<Micros> once_at;
  std::string missed = "once";   ///< moments at which no scheduler ran: once: one run makes up for them; skip
  std::string overlap = "skip";  ///< while its last run is not over: skip the moment; allow
  std::string subject;           ///< of jobs: JSON that says what is to be done
  bool confirmed = false;        ///< who made it knows that tables are replaced or truncated
  bool enabled = true;
  std::optional<Micros> next_at, last_at;
  std::string last_run_id, last_error;
  std::string acts_for, acts_for_name;  ///< whose runs they are: who made it, or changed it last
  int64_t version = 1;
};

struct Window {
  std::string window_id, tenant_id, connection_id, name;
  std::string mode;             ///< allow: writing only inside such windows; deny: never inside
  std::string cron, time_zone;  ///< when it opens
  int64_t minutes = 60;         ///< how long it stays open
  int64_t version = 1;
};

namespace schedules {

Status Insert(store::Session& session, const Schedule& schedule);
Status Update(store::Session& session, const Schedule& schedule);  ///< counts the version up
Status Delete(store::Session& session, const std::string& tenant_id, const std::string& schedule_id);
Result<Schedule> Find(store::Session& session, const std::string& tenant_id, const std::string& schedule_id);
Result<std::vector<Schedule>> List(store::Session& session, const std::string& tenant_id, const std::string& project_id,
                                   const std::string& after, int64_t limit);
/// Of all tenants: those whose next moment has come. Needs a system session.
Result<std::vector<Schedule>> Due(store::Session& session, Micros now);
/// When it is due next, after `now`; nothing when it is over or off. Errors: kApiField for a bad expression.
Result<std::optional<Micros>> NextOf(const Schedule& schedule, Micros now);

}  // namespace schedules

namespace windows {

Status Insert(store::Session& session, const Window& window);
Status Update(store::Session& session, const Window& window);
Status Delete(store::Session& session, const std::string& tenant_id, const std::string& window_id);
Result<Window> Find(store::Session& session, const std::string& tenant_id, const std::string& window_id);
Result<std::vector<Window>> List(store::Session& session, const std::string& tenant_id, const std::string& after,
                                 int64_t limit);
/// May the connection be written into now? Yes without windows; else inside an `allow` (when there is one) and outside
/// every `deny`. Windows without a connection are for all of the tenant's.
Result<bool> IsOpen(store::Session& session, const std::string& tenant_id, const std::string& connection_id,
                    Micros now);

}  // namespace windows

/// Starts what is due, lets waiting runs begin, fills the queue again. Of several processes one works: the leader.
class Scheduler {
 public:
  struct Parts {
    store::Store& store;
    RunService& runs;
    const Clock& clock;
  };
  Scheduler(Parts parts, std::string id) : parts_(parts), id_(std::move(id)) {}
  /// One round; called about once a second. Does nothing while another process leads.
  Status Tick();

 private:
  Result<bool> Lead(Micros now);
  Status Fire(const Schedule& due, Micros now);
  Status StartRun(const Schedule& due);
  Result<std::string> Start(const Actor& actor, const Schedule& due);
  std::string PermissionOf(const Schedule& schedule) const;
  Status SwitchOff(const Schedule& due);
  Status Note(const Schedule& due, const std::string& run_id, const std::string& problem);
  const Parts parts_;
  const std::string id_;
};

}  // namespace migrateiq::orchestrator
