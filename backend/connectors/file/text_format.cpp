#include "connectors/file/text_format.hpp"

#include <algorithm>

#include "base/errors/data.hpp"

namespace migrateiq::file {

Result<size_t> ParseNext(BlockParser& parser, Window& window, int64_t stop, int64_t line, RowBlock& block) {
  for (;;) {
    if (window.size() == 0 && !window.last()) MIQ_TRY(window.Fill());
    const int64_t left = std::min<int64_t>(stop - window.offset(), static_cast<int64_t>(window.size()));
    if (left <= 0) return 0;
    try {
      const size_t used = parser.Parse(window.begin(), window.end(), window.begin() + left, window.last(), block);
      if (used > 0) {
        block.ascii = block.ascii && window.ascii();
        return used;
      }
    } catch (const UnclosedQuote& quote) {
      return Fail(Error(codes::kReadMalformed,
                        "a quote is opened in line " + std::to_string(line + quote.line) + " and never closed")
                      .Fix("Close the quote, or double it if it is part of the text; if the file escapes quotes by a "
                           "backslash, say so in the URL: escape=\\"));
    }
    if (window.last()) return 0;
    MIQ_TRY(window.Fill());
  }
}

}  // namespace migrateiq::file
