#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "pipeline/suite/suite.hpp"

namespace migrateiq {

/// Reads a suite (YAML, or JSON when the text starts with '{'). Unknown keys, ill-typed values and duplicate keys are
/// errors that name line, column and the nearest known key. `file_name` is used in places only.
/// Errors: kPlanSyntax, kPlanUnknownKey, kPlanValue, kPlanMissing, kPlanVersion.
Result<Suite> ParseSuite(std::string_view text, std::string_view file_name);
Result<Suite> ReadSuiteFile(const std::string& path);

/// The suite as YAML; ParseSuite reads it back to an equal suite. `remarks`, when there are any, has one comment for
/// each check (may be empty).
std::string WriteSuite(const Suite& suite, const std::vector<std::string>& remarks = {});

/// The published JSON Schema (draft 2020-12) of the suite file; docs/suite.schema.json is this text.
std::string SuiteJsonSchema();

}  // namespace migrateiq
