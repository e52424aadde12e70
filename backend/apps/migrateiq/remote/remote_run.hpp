#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/run/progress.hpp"

namespace migrateiq::cli {

/// A run as a server tells it.
struct RemoteRun {
  std::string run_id, plan_id, kind, name;
  std::string state;        ///< queued | running | paused | succeeded | failed | cancelled | undone
  std::string result;       ///< the report's status, empty while there is none
  std::string waiting_for;  ///< approval, time, dependency, window, retry, worker, or empty
  std::string pending;      ///< the kind of task that waits for an approval
  std::string source_connection_id, target_connection_id;
  std::string created_at, started_at, finished_at;
  std::string asked_to;  ///< pause, cancel or empty
  bool accepted = false;
  std::optional<Error> error;
  std::string progress;  ///< JSON, or empty

  bool IsUnderWay() const { return state == "queued" || state == "running"; }
  /// The one word that the command line has for state and result.
  std::string Status() const;
};

RemoteRun RemoteRunFrom(const boost::json::object& answer);

/// The run as the command line shows it; `source` and `target` are the connections' addresses.
RunRecord RecordOf(const RemoteRun& run, std::string source, std::string target);
/// The commands that can follow.
std::vector<std::string> PossibleFor(const RemoteRun& run);

/// {code, message, fix, table, column, place}
Error ErrorFromJson(const boost::json::object& object);
/// The inverse of what a server writes about the progress of a run or a job; nothing for anything else.
std::optional<Progress> ProgressFromJson(const std::string& text, const std::string& run_id);

}  // namespace migrateiq::cli
