#include "apps/migrateiq/serve/state_folder.hpp"

#include <sys/stat.h>

#include <filesystem>

#include "base/errors/run.hpp"

namespace migrateiq::serve {

Status MakeFolder(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) return Fail(codes::kStateOpen, folder + " cannot be made: " + error.message());
  ::chmod(folder.c_str(), 0700);
  return {};
}

}  // namespace migrateiq::serve
