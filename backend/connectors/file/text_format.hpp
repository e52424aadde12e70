#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "connectors/file/csv_parser.hpp"
#include "connectors/file/guess.hpp"
#include "connectors/file/rows.hpp"
#include "connectors/file/text_file.hpp"
#include "pipeline/connector/connector.hpp"

namespace migrateiq::file {

/// What the beginning of a file tells about all of it.
struct Layout {
  CsvDialect dialect;                ///< CSV only
  std::vector<std::string> names;    ///< columns; empty where the rows name them
  bool named = true;                 ///< the names stand in the file (else they are made up and position counts)
  std::vector<std::string> renamed;  ///< beside names, or empty: why a name is not the one that stands in the file
  int64_t data_begin = 0;            ///< where the first row begins
  int64_t first_line = 1;            ///< its line
  bool escape_unsure = false;        ///< quotes may turn out to be written \" : decided when the whole file was seen
};

/// CSV or JSON Lines: what the scan, the source and the reader need to know of a text format. Immutable, thread-safe.
class TextFormat {
 public:
  virtual ~TextFormat() = default;
  virtual GuessRules rules() const = 0;
  virtual const std::string& encoding() const = 0;
  /// The same for formats that find the same in a file.
  virtual std::string Key() const = 0;
  virtual Result<Layout> Examine(const std::shared_ptr<const TextFile>& file) const = 0;
  /// For looking at everything (columns come from the layout, or from the rows).
  virtual std::unique_ptr<BlockParser> ScanParser(const Layout& layout) const = 0;
  /// For reading; `wanted[i]` is then column `sources[i]` of the blocks, Filler::kAbsent when there is none.
  virtual std::unique_ptr<BlockParser> ReadParser(const Layout& layout, const std::vector<std::string>& wanted,
                                                  std::vector<size_t>& sources) const = 0;
  /// The layout's part of a split's bounds, and back: a reader in another process must not guess anew.
  virtual std::string WriteLayout(const Layout& layout) const = 0;
  virtual bool ReadLayout(std::string_view text, Layout& layout) const = 0;
};

/// Lets a parser work on the view, reading on until it has used something or the file ends. 0 = the file ended.
/// Errors: kReadMalformed with the line where a quote was opened (`line` is the view's).
Result<size_t> ParseNext(BlockParser& parser, Window& window, int64_t stop, int64_t line, RowBlock& block);

}  // namespace migrateiq::file
