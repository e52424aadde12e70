#pragma once

#include <string>

#include "pipeline/assess/assessment.hpp"

namespace migrateiq {

/// The assessment as one HTML page that needs nothing else: style, charts and a small script stand in it, nothing is
/// loaded. Light, dark and A4 print. Everything from the database is escaped. A few megabytes at most: of very large
/// databases the gravest and largest parts are laid out, and it says so; the JSON form has all of it.
std::string RenderAssessmentHtml(const Assessment& assessment);

}  // namespace migrateiq
