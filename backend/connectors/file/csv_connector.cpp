#include "base/errors/connect.hpp"
#include "connectors/file/csv_format.hpp"
#include "connectors/file/file_doctor.hpp"
#include "connectors/file/text_source.hpp"
#include "connectors/file/text_target.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::file {

namespace {

const files::FileDialect kDialect("csv", false);

files::FormatTraits Traits() { return {.suffix = ".csv", .suffixes = {".csv", ".tsv"}, .appendable = true}; }

class CsvConnector : public Connector {
 public:
  const ConnectorInfo& info() const override { return info_; }
  const Dialect& dialect() const override { return kDialect; }

  Result<std::unique_ptr<Source>> OpenSource(const Url& url, const OpenOptions& options) const override {
    MIQ_ASSIGN(CsvOptions csv, ParseCsvOptions(url));
    return std::make_unique<TextSource>(url.path, Traits().suffixes, std::make_unique<CsvFormat>(std::move(csv)),
                                        kDialect, options);
  }

  Result<std::unique_ptr<Target>> OpenTarget(const Url& url, const OpenOptions& options) const override {
    MIQ_ASSIGN(CsvOptions csv, ParseCsvOptions(url));
    MIQ_TRY(CheckWritable(csv));
    const char delimiter = csv.delimiter.value_or(',');
    const bool header = csv.header;
    return std::make_unique<TextTarget>(
        url.path, Traits(), kDialect, options, std::make_unique<CsvFormat>(std::move(csv)),
        [delimiter, header](const auto&) { return std::make_unique<CsvEncoder>(delimiter, header); });
  }

  std::vector<DoctorFinding> Doctor(const Url& url) const override {
    if (const auto csv = ParseCsvOptions(url); !csv) {
      return {{DoctorFinding::Level::kBlocks, "parameters", csv.error().message, std::string(csv.error().FixText())}};
    }
    return ExaminePath(url.path, Traits().suffixes);
  }

 private:
  static Status CheckWritable(const CsvOptions& options) {
    const bool utf8 = options.encoding.empty() || options.encoding.find('8') != std::string::npos;
    if (!utf8) return Fail(codes::kUrlParameter, "CSV is written as UTF-8 only, not as " + options.encoding);
    if (options.quote != '"' || options.escape.value_or(0) != 0) {
      return Fail(codes::kUrlParameter, "CSV is written with doubled double quotes only; leave out quote and escape");
    }
    return {};
  }

  const ConnectorInfo info_{
      .name = "csv",
      .schemes = {"csv"},
      .summary = "CSV files: a folder, a file or a glob; one table a file or a folder of parts",
      .example = "csv:export/*.csv?delimiter=;&encoding=cp1252",
      .options = {{"delimiter", "one character, or tab; guessed from , ; tab | when left out"},
                  {"header", "true (default) or false: the first row holds the column names"},
                  {"encoding", "name of the character encoding; by byte order mark, else UTF-8, when left out"},
                  {"quote", "the quote character, \" when left out"},
                  {"escape",
                   "the character that escapes quotes, e.g. \\ ; doubled quotes when left out, unless the whole "
                   "file makes sense only with backslashes"}},
      .guesses_types = true,
      .file_based = true};
};

const ConnectorRegistrar kRegistrar(std::make_unique<CsvConnector>());

}  // namespace

}  // namespace migrateiq::file
