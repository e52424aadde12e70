#include "modules/workspace/steps_api.hpp"

#include "modules/core/answer_values.hpp"
#include "modules/ml/matching.hpp"
#include "modules/projects/api_support.hpp"

namespace migrateiq::workspace {

namespace {

using http::Context;

struct StepQuery {
  std::optional<Text<1, 64>> plan_id;  ///< whose soundness is asked; absent, or no plan of the project: its first
};
BOOST_DESCRIBE_STRUCT(StepQuery, (), (plan_id))

struct StepList {
  std::optional<std::string> plan_id;  ///< the plan that was looked at; absent: there is none
  std::vector<ProjectStep> items;      ///< in the order of the work; without those that may not be seen
};
BOOST_DESCRIBE_STRUCT(StepList, (), (plan_id, items))

StepsWish WishOf(Context& context, const StepQuery& query) {
  StepsWish wish{.tenant_id = context.principal.tenant_id,
                 .project_id = context.Path("project_id"),
                 .plan_id = query.plan_id.value_or("")};
  const auto may = [&context](const char* permission, const std::string& project_id) {
    return context.require(permission, project_id).has_value();
  };
  wish.analysis = may(analyzer::kReadPermission, wish.project_id);
  wish.shared_analyses = may(analyzer::kReadPermission, "");
  wish.mapping = may(ml::kReadMappings, wish.project_id);
  wish.validation = may(validation::kReadPermission, wish.project_id);
  wish.migration = may("runs.read", wish.project_id);
  return wish;
}

}  // namespace

void AddStepRoutes(http::Router& router, Steps& steps) {
  router.Add<Nothing, StepQuery, StepList>(
      http::Whole(projects::ProjectRoute(http::Method::kGet, "projects/{project_id}/steps", "listSteps",
                                         "projects.read",
                                         "How far each step of the project is, and what is left in it.")),
      [&steps](Context& context, const Nothing&, const StepQuery& query) -> Result<StepList> {
        MIQ_ASSIGN(ProjectSteps found, steps.Of(WishOf(context, query)));
        return StepList{.plan_id = core::Given(found.plan_id), .items = std::move(found.steps)};
      });
}

}  // namespace migrateiq::workspace
