#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "connectors/file/rows.hpp"

namespace migrateiq::file {

/// How a CSV file is written.
struct CsvDialect {
  char delimiter = ',';
  char quote = '"';
  char escape = 0;      ///< '\\' where quotes are written \" ; 0 = they are doubled
  char newline = '\n';  ///< '\n' also ends rows at "\r\n"; '\r' for files of the old Macintosh
  bool operator==(const CsvDialect&) const = default;
};

/// RFC 4180 plus reality: a quote that does not begin a field is text, a row may end with the file, lines without a
/// single byte are no rows (unless there is but one column). A row with another number of fields than columns, or with
/// text behind a closing quote, is a bad row.
class CsvParser : public BlockParser {
 public:
  CsvParser(const CsvDialect& dialect, size_t columns) : dialect_(dialect), columns_(columns) {}

  size_t Parse(const char* begin, const char* end, const char* stop, bool last, RowBlock& block) override;
  size_t columns() const override { return columns_; }
  const std::vector<std::string>& names() const override { return names_; }

  /// One row with as many fields as it has; blank lines are not skipped. Returns the bytes used, 0 when it is not
  /// complete. For headers and for guessing.
  struct Row {
    std::span<Span> fields;  ///< within `storage`, so a Row can be moved but not copied
    uint32_t lines = 0;
    bool torn = false;
    std::unique_ptr<Span[]> storage;
  };
  size_t ParseRow(const char* begin, const char* end, bool last, Row& row, Arena& arena) const;

 private:
  CsvDialect dialect_;
  size_t columns_;
  std::vector<std::string> names_;
};

}  // namespace migrateiq::file
