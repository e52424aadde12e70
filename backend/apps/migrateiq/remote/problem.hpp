#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::cli {

/// The error that an answer with status 400 and above tells: problem+json with a code of the catalog, else
/// kServerAnswer.
Error ErrorOfAnswer(int status, const std::string& body);

}  // namespace migrateiq::cli
