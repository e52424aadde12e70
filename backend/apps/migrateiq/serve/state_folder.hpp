#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::serve {

/// Makes the folder when it is absent; nobody else may look into it. Errors: kStateOpen.
Status MakeFolder(const std::string& folder);

}  // namespace migrateiq::serve
