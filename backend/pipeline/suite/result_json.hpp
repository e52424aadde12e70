#pragma once

#include <boost/json/fwd.hpp>

#include "base/error.hpp"
#include "pipeline/suite/check_result.hpp"

namespace migrateiq {

/// The result as `check --json` and the server show it.
boost::json::object SuiteResultJson(const SuiteResult& result);
boost::json::object CheckResultJson(const CheckResult& check);
/// The inverse. Members that are absent keep their defaults; a word that is not known is an error. Errors: kPlanValue.
Result<SuiteResult> SuiteResultFromJson(const boost::json::value& document);

/// A check's name in a document: "not_null", "error", "source".
std::string_view NameOfKind(CheckKind kind);
std::string_view NameOfSeverity(CheckSeverity severity);
std::string_view NameOfStatus(CheckStatus status);
std::string_view NameOfSide(SuiteSide side);

}  // namespace migrateiq
