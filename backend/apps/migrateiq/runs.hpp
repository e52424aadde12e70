#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apps/migrateiq/console.hpp"
#include "apps/migrateiq/plan_origin.hpp"
#include "modules/orchestrator/quarantine_edit.hpp"
#include "modules/orchestrator/run_repository.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/plan/plan.hpp"
#include "pipeline/run/engine.hpp"

namespace migrateiq::cli {

/// A plan and the file that it came from, if any.
struct PlanInput {
  Plan plan;
  PlanOrigin origin = {};
};

/// How a run ended that was started or continued.
struct RunEnd {
  RunReport report;
  std::optional<Error> error = {};  ///< nothing was begun, or the run is no longer watched
  bool cancelled = false;
};

/// A run with what is remembered about it.
struct RunDetails {
  RunRecord record;
  std::vector<RunEvent> events;
  std::string progress = {};  ///< JSON, or empty
  bool under_way = false;
  std::string remark = {};                 ///< for the headline: "controlled by process 17"
  std::vector<std::string> possible = {};  ///< the commands that can follow
};

/// What `doctor` looked at.
struct DoctorSubject {
  std::string name;  ///< "this machine", or a URL without its secrets
  std::vector<DoctorFinding> findings;
};

/// What the commands ask for: done on this machine (LocalRuns), or by a server (RemoteRuns). A command does not know
/// which. Progress and events are shown on the console meanwhile; SIGINT and SIGTERM end a call with kRunInterrupted.
class Runs {
 public:
  using ConfirmRun = std::function<Status(const Preview&)>;
  using ConfirmUndo = std::function<Status(const UndoPreview&)>;

  virtual ~Runs() = default;

  /// Carries a plan out as a new run, once `confirm` agrees to what that does to the target.
  virtual Result<RunEnd> Start(const PlanInput& input, const ConfirmRun& confirm) = 0;
  virtual Result<RunEnd> Resume(const std::string& run_id) = 0;
  /// `sample_rows` 0 = every row.
  virtual Result<RunReport> Rehearse(const PlanInput& input, int64_t sample_rows) = 0;
  /// `repair_sql`: a path, or empty.
  virtual Result<RunReport> Verify(const PlanInput& input, VerifyLevel level, const std::string& repair_sql) = 0;
  virtual Result<Plan> Propose(const PlanInput& skeleton) = 0;

  /// Asks for "pause" or "cancel"; what came of it, in words.
  virtual Result<std::string> Request(const std::string& run_id, const std::string& what) = 0;
  virtual Result<UndoPreview> Undo(const std::string& run_id, const ConfirmUndo& confirm) = 0;
  virtual Status Accept(const std::string& run_id, const std::function<Status()>& confirm) = 0;

  virtual Result<RunDetails> Find(const std::string& run_id) = 0;
  virtual Result<std::vector<RunRecord>> List() = 0;  ///< newest first

  virtual Result<std::vector<QuarantinedRow>> Quarantine(const std::string& run_id) = 0;
  /// How many rows changed. Errors: kUsage for rows and columns that are not there, kRunState for rows written already.
  virtual Result<int64_t> EditQuarantine(const std::string& run_id, const std::vector<RowEdit>& edits) = 0;
  /// Makes the edits, then writes the rows again; no ids: nothing is written.
  virtual Result<ReplayResult> Replay(const std::string& run_id, const std::vector<RowEdit>& edits,
                                      const std::vector<int64_t>& ids) = 0;

  /// The place where runs are, then each URL.
  virtual std::vector<DoctorSubject> Examine(const std::vector<std::string>& urls) = 0;
};

/// On this machine or, when the console names one or `login` made one the default, by a server.
/// Errors: kUsage, kApiUnauthenticated when there was no login to the server, kStateOpen.
Result<std::unique_ptr<Runs>> OpenRuns(const Console& console);

}  // namespace migrateiq::cli
