#include "modules/orchestrator/repair_statements.hpp"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/errors/api.hpp"
#include "base/errors/run.hpp"

namespace migrateiq::orchestrator {

namespace {

namespace fs = std::filesystem;

constexpr uintmax_t kMostBytes = uintmax_t{64} << 20;

/// A folder for this account alone, which ends with this object.
class PrivateFolder {
 public:
  static Result<PrivateFolder> Make() {
    std::string name = (fs::temp_directory_path() / "migrateiq-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) return Fail(codes::kStateOpen, "no temporary folder can be made");
    return PrivateFolder(name);
  }
  PrivateFolder(PrivateFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  ~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  fs::path operator/(const char* name) const { return path_ / name; }

 private:
  explicit PrivateFolder(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

Result<std::string> ReadWhole(const fs::path& path) {
  if (fs::file_size(path) > kMostBytes)
    return Fail(Error(codes::kApiTooLarge, "the statements have more than 64 MiB")
                    .Fix("So many differences are no repair: run the migration again, or verify fewer tables."));
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

}  // namespace

Result<RunReport> VerifyForRepair(const Plan& plan, const std::string& run_id, RunRepository& records,
                                  EngineContext& context) {
  MIQ_ASSIGN(const PrivateFolder folder, PrivateFolder::Make());
  const fs::path file = folder / "repair.sql";
  MIQ_ASSIGN(RunReport report, Verify(plan, VerifyLevel::kDiff, file.string(), context));
  MIQ_ASSIGN(const std::string statements, ReadWhole(file));
  MIQ_TRY(records.PutSealedFact(run_id, kRepairFact, statements));
  return report;
}

Result<std::optional<std::string>> RepairStatementsOf(const std::string& run_id, RunRepository& records) {
  return records.GetSealedFact(run_id, kRepairFact);
}

}  // namespace migrateiq::orchestrator
