#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "connectors/file/json_text.hpp"
#include "connectors/file/rows.hpp"

namespace migrateiq::file {

/// One JSON object a line. Blank lines are no rows; an ill-formed line, or one that holds something else, is a bad row.
/// Columns are keys: either those given (other keys are passed over), or all that occur, in the order of their coming.
class JsonlParser : public BlockParser {
 public:
  JsonlParser(std::vector<std::string> names, bool grow);

  size_t Parse(const char* begin, const char* end, const char* stop, bool last, RowBlock& block) override;
  size_t columns() const override { return names_.size(); }
  const std::vector<std::string>& names() const override { return names_; }

 private:
  enum class Outcome : uint8_t { kGood, kBad, kNewKey };
  Outcome ParseLine(const char* begin, const char* end, RowBlock& block);
  const char* TakeMember(const char* at, const JsonText& text, RowBlock& block, size_t& column);
  const char* TakeValue(const char* at, const JsonText& text, RowBlock& block, Span& value);
  size_t ColumnOf(std::string_view key);
  bool Store(size_t column, const Span& value, RowBlock& block);
  void Forget(size_t first);

  static constexpr size_t kUnknown = static_cast<size_t>(-1);
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };

  std::vector<std::string> names_;
  std::unordered_map<std::string, size_t, Hash, std::equal_to<>> index_;
  std::vector<uint64_t> stamps_;  ///< per column: the last row that had it
  bool grow_;
  uint64_t row_stamp_ = 0;
  size_t expected_ = 0;  ///< keys mostly come in the same order
  std::string why_;
};

}  // namespace migrateiq::file
