#include <unistd.h>

#include <filesystem>

#include "connectors/parquet/parquet_source.hpp"
#include "connectors/parquet/parquet_target.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/connector/files/listing.hpp"

namespace migrateiq::parquet {

namespace {

using Level = DoctorFinding::Level;

class ParquetConnector final : public Connector {
 public:
  const ConnectorInfo& info() const override {
    static const ConnectorInfo info{.name = "parquet",
                                    .schemes = {"parquet"},
                                    .summary = "Parquet files: a folder of tables, one file, or a glob",
                                    .example = "parquet:/data/export",
                                    .file_based = true};
    return info;
  }
  const Dialect& dialect() const override { return ParquetDialect(); }

  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const override {
    return ParquetSource::Open(url.path, options);
  }
  Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) const override {
    return ParquetTarget::Open(url.path, options);
  }

  std::vector<DoctorFinding> Doctor(const Url& url) const override {
    std::error_code ignored;
    if (url.path.find_first_of("*?[") == std::string::npos && !std::filesystem::exists(url.path, ignored)) {
      return {{Level::kWarning, "files", "there is no " + url.path + " yet",
               "As a target it will be made; as a source, check the path."}};
    }
    std::vector<DoctorFinding> findings;
    const auto source = ParquetSource::Open(url.path, {});
    const auto catalog = source ? (*source)->Discover({}) : Result<Catalog>(std::unexpected(source.error()));
    if (!catalog) {
      return {{Level::kBlocks, "files", catalog.error().message, std::string(catalog.error().FixText())}};
    }
    findings.push_back({Level::kOk, "files", std::to_string(catalog->tables.size()) + " tables can be read", ""});
    if (std::filesystem::is_directory(url.path) && ::access(url.path.c_str(), W_OK) != 0) {
      findings.push_back({Level::kWarning, "write", "the folder cannot be written to",
                          "To use it as a target, let your user write to it."});
    }
    return findings;
  }
};

const ConnectorRegistrar registrar(std::make_unique<ParquetConnector>());

}  // namespace

}  // namespace migrateiq::parquet
