#include <cstdint>
#include <string>

#include "connectors/file/csv_parser.hpp"
#include "connectors/file/guess.hpp"

// Any bytes, any dialect: no read outside the buffer, and every byte is used.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace migrateiq::file;
  if (size < 2) return 0;
  const CsvDialect dialect{.escape = (data[0] & 1) != 0 ? '\\' : '\0', .newline = (data[0] & 2) != 0 ? '\r' : '\n'};
  CsvParser parser(dialect, 1 + data[1] % 5);
  std::string text(reinterpret_cast<const char*>(data + 2), size - 2);
  const size_t length = text.size();
  text.append(kSlack, '"');
  const char* at = text.data();
  const char* const end = at + length;
  RowBlock block;
  try {
    while (at < end) {
      const size_t used = parser.Parse(at, end, end, true, block);
      if (used == 0) __builtin_trap();
      for (size_t column = 0; column < block.columns; ++column) Guess().Look(block, column, GuessRules::kCsv);
      at += used;
    }
  } catch (const UnclosedQuote&) { return 0; }
  return 0;
}
