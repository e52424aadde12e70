#include "apps/migrateiq/write_output.hpp"

#include <fstream>

#include "base/errors/connect.hpp"

namespace migrateiq::cli {

Status WriteOutput(const Console& console, const std::optional<std::string>& file, const std::string& text) {
  if (!file) {
    console.Result(text, text);
    return {};
  }
  std::ofstream out(*file, std::ios::binary);
  out << text << (text.ends_with('\n') ? "" : "\n");
  out.close();
  if (!out) return Fail(codes::kConnOpenFile, "cannot write " + *file);
  console.Note("written to " + *file);
  return {};
}

}  // namespace migrateiq::cli
