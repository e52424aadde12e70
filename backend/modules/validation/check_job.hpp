#pragma once

#include "modules/validation/validation_services.hpp"
#include "pipeline/suite/check_suite.hpp"

namespace migrateiq::validation {

/// Suites as a kind of jobs, also by schedules (`subject`: {"suite_id": ...}). `services` outlives it.
projects::JobKind CheckJobKind(ValidationServices& services);

/// Carries a suite out, here and now: its connections are opened as a run's would be.
Result<SuiteResult> CarryOutSuite(ValidationServices& services, const SuiteRow& row, const Suite& suite,
                                  const std::stop_token& stop, decltype(CheckOptions::progress) progress = {});

}  // namespace migrateiq::validation
