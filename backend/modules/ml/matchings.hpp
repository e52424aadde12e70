#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/analyzer/analyses.hpp"
#include "modules/ml/matching_store.hpp"
#include "modules/ml/models.hpp"
#include "modules/projects/connections/connections.hpp"
#include "modules/projects/plans/plans.hpp"
#include "modules/projects/with_job.hpp"
#include "pipeline/match/acceptance.hpp"
#include "platform/realtime/bus.hpp"
#include "platform/secrets/vault.hpp"

namespace migrateiq::ml {

struct NewMatching {
  std::string project_id, source_connection_id, target_connection_id, name;  ///< the name may be empty
  MatchingOptions options;
  Micros not_before = 0;
};

/// A matching with where its job is; without one when the job is gone.
using MatchingDetail = projects::WithJob<MatchingRow>;

/// What somebody says of a suggestion.
struct DecisionWish {
  Decision decision = Decision::accepted;
  std::string target_column, expr;  ///< for changed: another column, another expression
  std::optional<Decision> seen{};   ///< what stands there as the caller knows it, and when that was decided
  std::optional<Micros> seen_at{};
};

/// Matchings of two connections of a project, and what people decide about them. Details of suggestions are sealed
/// under "matching:<id>". Thread-safe.
class Matchings {
 public:
  struct Parts {
    store::Store& store;
    secrets::Vault& vault;
    projects::Connections& connections;
    projects::Plans& plans;
    projects::JobQueue& jobs;
    analyzer::Analyses& analyses;
    Models& models;
    realtime::Bus* bus = nullptr;
    const Clock& clock;
  };
  explicit Matchings(Parts parts) : parts_(parts) {}

  /// Errors: kApiField for a connection that is not there, kApiNotFound for the project.
  Result<MatchingDetail> Start(const Actor& actor, const NewMatching& wanted);
  Result<MatchingDetail> Get(const std::string& tenant_id, const std::string& matching_id);
  Result<std::vector<MatchingDetail>> List(const std::string& tenant_id, const std::string& project_id,
                                           const core::PageRequest& page);
  /// One that is at work is cancelled. What was learned from its decisions stays in the models. Tells the project's
  /// topic: matching.removed.
  Status Remove(const Actor& actor, const std::string& matching_id);

  Result<std::vector<MatchedTable>> Tables(const std::string& tenant_id, const std::string& matching_id);
  /// Confidences are as sure as the project's decisions so far say.
  Result<std::vector<Suggestion>> Suggestions(const MatchingRow& matching, const SuggestionFilter& filter);
  /// Errors: kApiField for a target column that the table has not, kApiStale when it is no longer as the caller saw it.
  Result<Suggestion> Decide(const Actor& actor, const MatchingRow& matching, int64_t number, const DecisionWish& wish);
  /// Accepts every open suggestion that is at least so sure; how many.
  Result<int64_t> AcceptFrom(const Actor& actor, const MatchingRow& matching, double confidence);

  /// A new plan of what was accepted and changed, or (with `plan_id`) a new version of one with these mappings in it.
  /// Errors: kApiState when nothing was accepted, those of Plans.
  struct PlanWish {
    std::string plan_id, name, message;
  };
  Result<projects::PlanDetail> MakePlan(const Actor& actor, const MatchingRow& matching, const PlanWish& wish);

  /// For the job's carrier: replaces what an earlier try left.
  struct Found {
    std::vector<MatchedTable> tables;
    std::vector<Suggestion> suggestions;
    std::string model_id;
    UnmatchedTables unmatched;
  };
  Status Finish(projects::JobContext& job, Found found);
  /// Removes those that were over before that moment. Those about which people decided stay: models learn from them.
  Status Tidy(Micros before);
  /// Seals what suggestions of earlier versions say, which was stored as it is.
  Status SealOld();
  /// Tells the project's topic: matching.started, matching.finished. (Decisions tell it matching.decided themselves.)
  void Announce(const projects::JobView& job) const;

 private:
  /// What the project's decisions so far make of the model's confidences.
  struct Judge {
    match::Calibration calibration;
    match::Acceptance acceptance;
  };
  Result<Judge> JudgeOf(const MatchingRow& matching);
  /// Its details are those that were sealed.
  Status Open(const MatchingRow& matching, Suggestion& one) const;

  Parts parts_;
};

/// The matching itself, and the training, as kinds of jobs. All outlive them.
projects::JobKind MatchKind(Matchings& matchings, Matchings::Parts parts);
projects::JobKind TrainKind(Models& models, store::Store& store);

}  // namespace migrateiq::ml
