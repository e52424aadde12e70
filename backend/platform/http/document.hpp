#pragma once

#include <string>
#include <vector>

#include "platform/http/router.hpp"

namespace migrateiq::http {

/// GET /api/v1/openapi.json, and the interactive page /api/v1/docs made from it, with its script and style (all of it
/// from this server). The router must outlive its routes' use; the document holds every route added before the first
/// request.
void AddDocumentRoutes(Router& router, std::string version);

/// What is wrong with an OpenAPI document of ours, a line each: operations without summary, tag, access or with a
/// repeated id; permissions missing where the access needs one; references to nothing; components nobody refers to.
std::vector<std::string> LintOpenApi(const boost::json::value& document);

}  // namespace migrateiq::http
