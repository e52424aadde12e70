#include "base/errors/connect.hpp"
#include "connectors/file/file_doctor.hpp"
#include "connectors/file/jsonl_format.hpp"
#include "connectors/file/text_source.hpp"
#include "connectors/file/text_target.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::file {

namespace {

/// A key whose value is null and a NULL are the same on a line.
class JsonlDialect final : public files::FileDialect {
 public:
  JsonlDialect() : FileDialect("jsonl", true) {}
  bool allows_no_columns() const override { return true; }
  ValueLimits limits() const override { return {.json_null = false}; }
};

const JsonlDialect kDialect;

files::FormatTraits Traits() {
  return {.suffix = ".jsonl", .suffixes = {".jsonl", ".ndjson", ".json"}, .appendable = true};
}

class JsonlConnector : public Connector {
 public:
  const ConnectorInfo& info() const override { return info_; }
  const Dialect& dialect() const override { return kDialect; }

  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const override {
    MIQ_TRY(CheckEncoding(url));
    return std::make_unique<TextSource>(url.path, Traits().suffixes, MakeFormat(url), kDialect, options);
  }

  Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) const override {
    const std::string encoding = url.Parameter("encoding");
    if (!encoding.empty() && encoding.find('8') == std::string::npos) {
      return Fail(codes::kUrlParameter, "JSON Lines are written as UTF-8 only, not as " + encoding);
    }
    return std::make_unique<TextTarget>(url.path, Traits(), kDialect, options, MakeFormat(url),
                                        [](const auto& columns) { return std::make_unique<JsonlEncoder>(columns); });
  }

  std::vector<DoctorFinding> Doctor(const Url& url) const override { return ExaminePath(url.path, Traits().suffixes); }

 private:
  static std::unique_ptr<TextFormat> MakeFormat(const Url& url) {
    return std::make_unique<JsonlFormat>(url.Parameter("encoding"));
  }
  static Status CheckEncoding(const Url& url) {
    const std::string encoding = url.Parameter("encoding");
    if (IsKnownEncoding(encoding)) return {};
    return Fail(codes::kUrlParameter, "unknown encoding '" + encoding + "'");
  }

  const ConnectorInfo info_{.name = "jsonl",
                            .schemes = {"jsonl", "ndjson"},
                            .summary = "JSON Lines: one object a line; a folder, a file or a glob",
                            .example = "jsonl:export/*.jsonl",
                            .options = {{"encoding", "name of the character encoding; UTF-8 when left out"}},
                            .guesses_types = true,
                            .file_based = true};
};

const ConnectorRegistrar kRegistrar(std::make_unique<JsonlConnector>());

}  // namespace

}  // namespace migrateiq::file
