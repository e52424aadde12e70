#include "apps/migrateiq/remote/remote_job.hpp"

#include <boost/json.hpp>

#include "apps/migrateiq/remote/json_members.hpp"
#include "apps/migrateiq/remote/run_watch.hpp"
#include "apps/migrateiq/run_control.hpp"
#include "apps/migrateiq/show_run.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::cli {

namespace json = boost::json;

Result<std::string> RemoteJobs::ConnectionFor(const std::string& url) {
  MIQ_ASSIGN(const StoredPlans::Connection connection, stored_.ConnectionFor(url));
  return connection.connection_id;
}

Result<std::string> RemoteJobs::CarryOut(const std::string& path, const json::object& body, const char* id_member) {
  MIQ_ASSIGN(const json::object answer, client_.Post(path, body));
  const std::string job_id = TextIn(answer, id_member);
  MIQ_TRY(Await(job_id));
  return job_id;
}

Status RemoteJobs::Await(const std::string& job_id) {
  RunControl control;
  const std::unique_ptr<RunObserver> display = MakeDisplay(console_);
  const Result<RemoteRun> job = RunWatch(client_, job_id, *display, control.token()).UntilSettled();
  if (!job && job.error().Is(codes::kRunInterrupted)) {
    const auto cancelled = client_.Post("runs/" + job_id + "/cancel", {});
    return Fail(Error(codes::kRunInterrupted, cancelled ? "it is cancelled at the server" : "it goes on at the server")
                    .Fix("Begin again: nothing was kept."));
  }
  if (!job) return Fail(job.error());
  if (job->state == "succeeded") return {};
  return Fail(job->error.value_or(Error(codes::kRunInterrupted, "it was " + job->state + " at the server")));
}

Status RefuseLocalFlags(const std::vector<std::pair<const char*, bool>>& flags) {
  for (const auto& [name, given] : flags) {
    if (given)
      return Fail(Error(codes::kUsage, std::string(name) + " is for work on this machine, not for a server")
                      .Fix("Leave it out, or add --local."));
  }
  return {};
}

}  // namespace migrateiq::cli
