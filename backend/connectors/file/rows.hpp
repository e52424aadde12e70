#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace migrateiq::file {

/// What a value in a text file is, before it is given a type. Wide, so that a Span has no padding: spans are then
/// copied as two whole words, which parsers do for each value.
enum class SpanKind : uint32_t {
  kNull,    ///< nothing between two delimiters; JSON null or a missing key
  kPlain,   ///< unquoted text; a JSON number, true or false
  kText,    ///< quoted text, unescaped; a JSON string
  kNested,  ///< a JSON object or array, as written
};

/// A value in place: 16 bytes, valid while the window and the arena it points into are. At least kSlack bytes behind
/// its end may be read (they mean nothing).
struct Span {
  const char* data = nullptr;
  uint32_t size = 0;
  SpanKind kind = SpanKind::kNull;

  std::string_view view() const { return {data, size}; }
};
inline constexpr size_t kSlack = 64;

/// Memory for values that had to be unescaped. Addresses are stable until Clear, which keeps one block.
class Arena {
 public:
  char* Take(size_t size);
  /// Gives back the end of what Take gave last.
  void Shrink(size_t unused) { used_ -= unused; }
  void Clear();

 private:
  struct Block {
    std::unique_ptr<char[]> bytes;
    size_t capacity;
  };
  std::vector<Block> blocks_;
  size_t used_ = 0;
};

/// A row that could not be split into its columns: all its values are null here.
struct BadRow {
  size_t row;
  std::string raw;  ///< the line as written, at most 1 KiB
  std::string why;
};

/// Some rows of a text file, split into values but not yet typed.
struct RowBlock {
  static constexpr size_t kRows = 512;

  size_t columns = 0;
  size_t rows = 0;
  std::vector<Span> spans;       ///< row by row, `columns` each
  std::vector<uint32_t> lines;   ///< of each row, counted from the first line of the block
  std::vector<uint32_t> starts;  ///< of each row, in bytes from the start of the block
  std::vector<BadRow> bad;
  struct OddValue {
    size_t row, column;
    std::string why;
  };
  std::vector<OddValue> duplicates;  ///< JSON keys that came twice in a row; the last one counts
  uint32_t line_count = 0;           ///< lines in the block
  size_t torn = 0;                   ///< rows with text behind a closing quote
  bool ascii = true;                 ///< nothing but ASCII in the values
  Arena arena;

  void Reset(size_t column_count);
  Span* RowSpans(size_t row) { return spans.data() + row * columns; }
  const Span& At(size_t row, size_t column) const { return spans[row * columns + column]; }
  void AddBad(std::string_view raw, std::string why);
};

/// Splits bytes into rows. Not thread-safe; cheap to make.
class BlockParser {
 public:
  virtual ~BlockParser() = default;
  /// Replaces `block` by up to RowBlock::kRows rows that begin in [begin, stop), and returns the bytes used, 0 when the
  /// first row does not end before `end`. `last`: nothing follows `end` (then everything is used). kSlack bytes behind
  /// `end` must be readable. A quote that is never closed is thrown as UnclosedQuote.
  virtual size_t Parse(const char* begin, const char* end, const char* stop, bool last, RowBlock& block) = 0;
  virtual size_t columns() const = 0;
  /// Names of the columns met so far, where the rows name them.
  virtual const std::vector<std::string>& names() const = 0;
};

/// Thrown by parsers, caught by whoever drives them.
struct UnclosedQuote {
  uint32_t line;  ///< counted from the first line of the block
};

/// "1 KiB of it": what findings and messages show of a value.
std::string Clip(std::string_view text);
bool IsAscii(const char* bytes, size_t size);

}  // namespace migrateiq::file
