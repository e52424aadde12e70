#include "modules/orchestrator/tidy.hpp"

#include "modules/orchestrator/repair_statements.hpp"

namespace migrateiq::orchestrator {

namespace {

/// What the command line keeps of its own runs is not the server's to throw away.
constexpr const char* kOver =
    "run_id IN (SELECT run_id FROM run_job WHERE finished_at < $1 AND state IN ('succeeded', 'failed', 'cancelled', "
    "'undone') AND kind <> 'local')";

}  // namespace

Status Tidy(store::Store& store, Micros before) {
  return store.Write(store::Scope::System(), [&](store::Session& session) -> Status {
    MIQ_TRY(session.Execute(std::string("DELETE FROM event WHERE ") + kOver, before));
    MIQ_TRY(session.Execute(std::string("DELETE FROM job_event WHERE ") + kOver, before));
    MIQ_TRY(session.Execute(std::string("DELETE FROM run_throughput WHERE ") + kOver, before));
    MIQ_TRY(session.Execute(std::string("DELETE FROM fact WHERE name = $2 AND ") + kOver, before, kRepairFact));
    return {};
  });
}

}  // namespace migrateiq::orchestrator
