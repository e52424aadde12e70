#include "modules/analyzer/assessing.hpp"

#include "base/errors/api.hpp"
#include "pipeline/assess/assess_analysis.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::analyzer {

Status CheckTarget(const std::string& target) {
  if (target.empty() || Registry::Instance().Find(target)) return {};
  return Fail(Error(codes::kApiField, "there is no system '" + target + "'").At("/target"));
}

Result<Assessment> AssessFor(const Analysis& analysis, const AssessmentWish& wish) {
  return AssessAnalysis(analysis, wish.scheme, wish.target,
                        {.name = wish.connection,
                         .source = wish.connection,
                         .made_at = FormatTime(wish.now / kSecond * kSecond),
                         .tool = "MigrateIQ"});
}

}  // namespace migrateiq::analyzer
