#pragma once

#include <string>

#include "modules/core/actor.hpp"
#include "modules/orchestrator/job.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::orchestrator {
struct Schedule;
}
namespace migrateiq::projects {
struct JobKind;
}

/// What people hear of runs. Written down in the transaction of the change itself.
namespace migrateiq::orchestrator::notices {

/// Somebody who may approve is asked to; not who asked for it.
Status ApprovalWanted(store::Session& session, const core::Actor& by, const RunJob& run, Micros now);
/// To who asked for it.
Status Decided(store::Session& session, const core::Actor& by, const RunJob& run, bool approved, Micros now);
/// A run that is over, or an action on one that was not possible; to who asked for the run.
/// `kind`: of a job; null for runs.
Status Ended(store::Session& session, const RunJob& run, const projects::JobKind* kind, const std::string& task_kind,
             Micros now);
/// When its figures are unlike those of the runs before it: an alert for each, and a notice of what is new to who asked
/// for the run. Alerts of what is as usual again are resolved.
Status Unusual(store::Session& session, const RunJob& run, Micros now);
/// To who made the schedule.
Status ScheduleFailed(store::Session& session, const Schedule& schedule, const std::string& why, Micros now);

}  // namespace migrateiq::orchestrator::notices
