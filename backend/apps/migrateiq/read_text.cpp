#include "apps/migrateiq/read_text.hpp"

#include <fstream>
#include <sstream>

#include "base/errors/connect.hpp"

namespace migrateiq::cli {

Result<std::string> ReadTextFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file) return Fail(codes::kConnOpenFile, "cannot read " + path);
  return text.str();
}

}  // namespace migrateiq::cli
