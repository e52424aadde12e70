#pragma once

#include <boost/describe/class.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "modules/ml/matching.hpp"
#include "modules/projects/job_queue.hpp"
#include "pipeline/match/model.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::ml {

using core::Actor;

/// How well confidences fit decisions that a model did not see.
struct ModelFigures {
  double log_loss = 0, brier = 0;
  double calibration_error = 0;      ///< mean difference of confidence and share of right ones, over ten bins
  std::optional<double> sure_right;  ///< of those that need no look, how many are right
  double sure_share = 0;             ///< how many need no look
  /// Where the right column is known and others stood beside it: how often it came first.
  std::optional<double> first_right;
  std::optional<double> separation;  ///< how often a right one is surer than a wrong one; a half is chance
};
BOOST_DESCRIBE_STRUCT(ModelFigures, (),
                      (log_loss, brier, calibration_error, sure_right, sure_share, first_right, separation))

struct ModelMetrics {
  int64_t learned_from = 0, held_out = 0;  ///< decisions
  ModelFigures before, after;              ///< on those held out: of the model that was in use, and of this one
  std::vector<int64_t> confidences;        ///< of those learned from, in ten bins: what drift is measured against
  double accepted = 0;                     ///< share of them that were right
  std::optional<int64_t> held_out_right;
  std::optional<bool> own_weights;  ///< weights were learned, not only how sure the shipped ones are
};
BOOST_DESCRIBE_STRUCT(ModelMetrics, (),
                      (learned_from, held_out, before, after, confidences, accepted, held_out_right, own_weights))

struct ModelLineage {
  std::string shipped;                  ///< what the shipped model was trained on
  std::optional<std::string> replaces;  ///< the model that was in use; absent: the shipped one
  int64_t decisions = 0;
  std::optional<std::string> job_id;
};
BOOST_DESCRIBE_STRUCT(ModelLineage, (), (shipped, replaces, decisions, job_id))

struct ModelRow {
  std::string model_id, tenant_id;
  int64_t number = 0;
  std::string state;  ///< active | retired | refused
  ModelLineage lineage;
  ModelMetrics metrics;
  Micros created_at = 0;
  std::string created_by_name;
  std::optional<Micros> promoted_at;
};

/// A model in use; `model_id` empty: the shipped one.
struct ModelInUse {
  std::string model_id;
  std::shared_ptr<const match::Model> model;  ///< shared by the cache and who matches with it now
};

/// The tenant's own models beside the one that is part of the program. Thread-safe.
class Models {
 public:
  Models(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}

  Result<ModelInUse> InUse(const std::string& tenant_id);
  /// The newest first, one more than the page's limit.
  Result<std::vector<ModelRow>> List(const std::string& tenant_id, const core::PageRequest& page);
  Result<ModelRow> Get(const std::string& tenant_id, const std::string& model_id);
  Result<std::shared_ptr<const match::Model>> Load(const std::string& tenant_id, const std::string& model_id);
  /// Uses an earlier model again. Errors: kApiState for one that was refused.
  Result<ModelRow> Promote(const Actor& actor, const std::string& model_id);
  /// Back to the model before the one in use, in the end the shipped one. Errors: kApiState when that is in use.
  Status RollBack(const Actor& actor);

  /// For the training job: kept, and put to use when `better`.
  Status Keep(projects::JobContext& job, const match::Model& model, const ModelLineage& lineage,
              const ModelMetrics& metrics, bool better);

 private:
  store::Store& store_;
  const Clock& clock_;
  std::mutex mutex_;                                                   ///< guards what follows
  std::map<std::string, std::shared_ptr<const match::Model>> loaded_;  ///< by id: models never change
};

}  // namespace migrateiq::ml
