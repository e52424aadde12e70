#pragma once

#include "platform/http/router.hpp"

/// The endpoints of this module, by resource; each function stands in the `*_api.cpp` of its name.
namespace migrateiq::projects {

struct ProjectServices;

void AddConnectionRoutes(http::Router& router, ProjectServices& services);
void AddProjectResourceRoutes(http::Router& router, ProjectServices& services);
void AddTransferRoutes(http::Router& router, ProjectServices& services);
void AddMemberRoutes(http::Router& router, ProjectServices& services);
void AddCommentRoutes(http::Router& router, ProjectServices& services);
void AddPlanRoutes(http::Router& router, ProjectServices& services);
void AddTemplateRoutes(http::Router& router, ProjectServices& services);
void AddMaskRoutes(http::Router& router, ProjectServices& services);
void AddUploadRoutes(http::Router& router, ProjectServices& services);
void AddFileRoutes(http::Router& router, ProjectServices& services);

}  // namespace migrateiq::projects
