#pragma once

#include <string>

#include "pipeline/suite/check_result.hpp"

namespace migrateiq::cli {

/// The results for people: one line a check, what went wrong with samples, and a last line that counts.
std::string SuiteText(const SuiteResult& result, bool colour);

}  // namespace migrateiq::cli
