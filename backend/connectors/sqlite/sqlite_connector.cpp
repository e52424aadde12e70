#include <filesystem>

#include "base/errors/connect.hpp"
#include "connectors/sqlite/sqlite_dialect.hpp"
#include "connectors/sqlite/sqlite_source.hpp"
#include "connectors/sqlite/sqlite_target.hpp"
#include "pipeline/batch/text.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr int64_t kBusyMilliseconds = 60'000;

Result<int> BusyMilliseconds(const Url& url) {
  const std::string text = url.Parameter("busy_timeout");
  const auto value = text.empty() ? kBusyMilliseconds : text::ParseInt(text);
  if (value && *value >= 0 && *value <= 86'400'000) return static_cast<int>(*value);
  return Fail(codes::kUrlParameter, "busy_timeout is a number of milliseconds, not '" + text + "'");
}

Status CheckUrl(const Url& url) {
  if (!url.host.empty() || !url.user.empty()) {
    return Fail(codes::kUrlInvalid,
                "'" + url.redacted + "' names a host: write sqlite:///absolute/path or sqlite:relative/path");
  }
  if (url.path.empty()) return Fail(codes::kUrlInvalid, "'" + url.redacted + "' names no file");
  return {};
}

DoctorFinding Blocks(std::string subject, const Error& error) {
  return {DoctorFinding::Level::kBlocks, std::move(subject), error.message, std::string(error.FixText())};
}

DoctorFinding CheckWritable(const std::string& path) {
  auto database = Database::Open(path, Access::kReadWrite, {}, 1000);
  if (database && sqlite3_db_readonly(database->get(), "main") == 0) {
    return {DoctorFinding::Level::kOk, "writing", "the file can be written", ""};
  }
  return {DoctorFinding::Level::kWarning, "writing", "the file can only be read",
          "As a source that is enough; as a target it needs write permission on file and folder."};
}

class SqliteConnector final : public Connector {
 public:
  const ConnectorInfo& info() const override {
    static const ConnectorInfo info{
        .name = "sqlite",
        .schemes = {"sqlite", "sqlite3"},
        .summary = "SQLite 3 database files",
        .example = "sqlite:///srv/shop.db",
        .options = {{"busy_timeout", "milliseconds to wait for another program's lock (60000)"}},
        .speaks_sql = true,
    };
    return info;
  }

  const Dialect& dialect() const override { return TheDialect(); }

  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const override {
    MIQ_TRY(CheckUrl(url));
    MIQ_ASSIGN(const int patience, BusyMilliseconds(url));
    return SqliteSource::Open(url.path, options, patience);
  }

  Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) const override {
    MIQ_TRY(CheckUrl(url));
    MIQ_ASSIGN(const int patience, BusyMilliseconds(url));
    return SqliteTarget::Open(url.path, options, patience);
  }

  std::vector<DoctorFinding> Doctor(const Url& url) const override {
    if (Status valid = CheckUrl(url); !valid) return {Blocks("url", valid.error())};
    if (!std::filesystem::exists(url.path)) {
      return {{DoctorFinding::Level::kWarning, "file", "there is no file " + url.path,
               "As a target it will be made; as a source correct the path."}};
    }
    auto source = SqliteSource::Open(url.path, {}, 1000);
    if (!source) return {Blocks("file", source.error())};
    auto catalog = (*source)->Discover({.probe_values = false});
    if (!catalog) return {Blocks("catalog", catalog.error())};
    return {{DoctorFinding::Level::kOk, "file", std::to_string(catalog->tables.size()) + " tables", ""},
            CheckWritable(url.path)};
  }
};

const ConnectorRegistrar registrar(std::make_unique<SqliteConnector>());

}  // namespace

}  // namespace migrateiq::sqlite
