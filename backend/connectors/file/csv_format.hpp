#pragma once

#include <string>

#include "connectors/file/text_format.hpp"
#include "pipeline/connector/url.hpp"

namespace migrateiq::file {

/// What a CSV URL says; what it leaves out is found in each file.
struct CsvOptions {
  std::optional<char> delimiter;
  char quote = '"';
  std::optional<char> escape;  ///< 0 = doubled quotes
  bool header = true;
  std::string encoding;
};
/// Errors: kUrlParameter.
Result<CsvOptions> ParseCsvOptions(const Url& url);

class CsvFormat : public TextFormat {
 public:
  explicit CsvFormat(CsvOptions options) : options_(std::move(options)) {}

  GuessRules rules() const override { return GuessRules::kCsv; }
  const std::string& encoding() const override { return options_.encoding; }
  std::string Key() const override;
  Result<Layout> Examine(const std::shared_ptr<const TextFile>& file) const override;
  std::unique_ptr<BlockParser> ScanParser(const Layout& layout) const override;
  std::unique_ptr<BlockParser> ReadParser(const Layout& layout, const std::vector<std::string>& wanted,
                                          std::vector<size_t>& sources) const override;
  std::string WriteLayout(const Layout& layout) const override;
  bool ReadLayout(std::string_view text, Layout& layout) const override;

 private:
  CsvOptions options_;
};

/// The dialect of a sample that begins with the file. `whole`: the sample is all of it.
CsvDialect GuessDialect(std::string_view sample, bool whole, const CsvOptions& options);

/// Header names that can be columns: empty ones become column<N>, repeated ones get _2, _3 ...
std::vector<std::string> UsableNames(const std::vector<std::string>& header);

}  // namespace migrateiq::file
