#pragma once

#include "modules/workspace/steps.hpp"
#include "platform/http/router.hpp"

namespace migrateiq::workspace {

/// projects/{project_id}/steps. `steps` outlives the router.
void AddStepRoutes(http::Router& router, Steps& steps);

}  // namespace migrateiq::workspace
