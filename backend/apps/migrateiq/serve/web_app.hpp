#pragma once

#include <memory>
#include <string>

#include "platform/http/static_files.hpp"

namespace migrateiq::serve {

/// The web app of that folder; of an empty one the app that was built into the program. Null where none was.
/// Errors: kSettingValue.
Result<std::shared_ptr<const http::StaticFiles>> LoadWebApp(const std::string& folder);

}  // namespace migrateiq::serve
