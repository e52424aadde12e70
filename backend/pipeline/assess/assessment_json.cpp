#include "base/described_json.hpp"
#include "base/json_text.hpp"
#include "pipeline/assess/assess.hpp"

namespace migrateiq {

std::string AssessmentJson(const Assessment& assessment) { return JsonText(described::Json(assessment)); }

}  // namespace migrateiq
