#pragma once

#include <string>

#include "connectors/file/text_format.hpp"

namespace migrateiq::file {

class JsonlFormat : public TextFormat {
 public:
  explicit JsonlFormat(std::string encoding) : encoding_(std::move(encoding)) {}

  GuessRules rules() const override { return GuessRules::kJson; }
  const std::string& encoding() const override { return encoding_; }
  std::string Key() const override { return "jsonl " + encoding_; }
  Result<Layout> Examine(const std::shared_ptr<const TextFile>& file) const override;
  std::unique_ptr<BlockParser> ScanParser(const Layout& layout) const override;
  std::unique_ptr<BlockParser> ReadParser(const Layout& layout, const std::vector<std::string>& wanted,
                                          std::vector<size_t>& sources) const override;
  std::string WriteLayout(const Layout&) const override { return "-"; }
  bool ReadLayout(std::string_view text, Layout&) const override { return text == "-"; }

 private:
  std::string encoding_;
};

}  // namespace migrateiq::file
