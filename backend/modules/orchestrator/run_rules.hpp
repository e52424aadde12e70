#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "modules/core/actor.hpp"
#include "modules/orchestrator/job.hpp"
#include "platform/store/store.hpp"

/// What starting, steering and carrying out runs have in common.
namespace migrateiq::orchestrator {

/// True until a second person agreed to its execution; cancelling, rejecting and retrying do not change that.
inline bool LacksApproval(const RunJob& run) { return run.needs_approval && !run.approved_at; }

/// Does a run of this kind write into its target?
inline bool WritesToTarget(std::string_view kind) { return kind == "run"; }

/// The run as it is now is written, and has the version that is stored.
Status SaveRun(store::Session& session, RunJob& run);
/// "run.<action>" in the tenant's audit log.
Status AuditRun(store::Session& session, const core::Actor& actor, const RunJob& run, const std::string& action,
                const boost::json::object& details);

}  // namespace migrateiq::orchestrator
