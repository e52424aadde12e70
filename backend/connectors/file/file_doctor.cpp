#include "connectors/file/file_doctor.hpp"

#include <unistd.h>

#include <filesystem>

#include "pipeline/connector/files/listing.hpp"

namespace migrateiq::file {

namespace fs = std::filesystem;

namespace {

using Level = DoctorFinding::Level;

DoctorFinding Missing(const std::string& path) {
  const fs::path parent = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  const bool can_make = ::access(parent.c_str(), W_OK | X_OK) == 0;
  if (can_make) {
    return {Level::kWarning, "path", path + " is not there; as a target it will be made",
            "As a source, check the spelling of the path."};
  }
  return {Level::kBlocks, "path", path + " is not there and cannot be made",
          "Check the spelling, or make the folder and give yourself the right to write into it."};
}

DoctorFinding Readable(const fs::path& file) {
  if (::access(file.c_str(), R_OK) == 0) return {Level::kOk, "read", file.string() + " can be read", ""};
  return {Level::kBlocks, "read", file.string() + " cannot be read", "Give yourself the right to read it."};
}

}  // namespace

std::vector<DoctorFinding> ExaminePath(const std::string& path, const std::vector<std::string_view>& suffixes) {
  std::error_code ignored;
  const bool pattern = path.find_first_of("*?[") != std::string::npos;
  if (!fs::exists(path, ignored) && !pattern) return {Missing(path)};
  const Result<files::Listing> listing = files::ListTables(path, suffixes);
  if (!listing) return {{Level::kBlocks, "path", listing.error().message, std::string(listing.error().FixText())}};
  std::vector<DoctorFinding> findings{
      {Level::kOk, "tables", std::to_string(listing->tables.size()) + " tables in " + path, ""}};
  for (const files::FileTable& table : listing->tables) {
    for (const fs::path& file : table.files) {
      DoctorFinding finding = Readable(file);
      if (finding.level != Level::kOk) findings.push_back(std::move(finding));
    }
  }
  if (fs::is_directory(path, ignored) && ::access(path.c_str(), W_OK | X_OK) != 0) {
    findings.push_back({Level::kWarning, "write", path + " cannot be written to; it can be a source only",
                        "As a target, give yourself the right to write into it."});
  }
  return findings;
}

}  // namespace migrateiq::file
