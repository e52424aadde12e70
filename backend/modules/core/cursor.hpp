#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "platform/describe/described.hpp"

namespace migrateiq::core {

/// Keyset cursors: the sort values of a page's last row, opaque to clients.
std::string EncodeCursor(const std::vector<std::string>& parts);
/// Errors: kApiCursor.
Result<std::vector<std::string>> DecodeCursor(std::string_view cursor, size_t parts);

/// What a list asks for: how many, and after which row.
using PageLimit = Number<1, 200>;
struct PageRequest {
  int64_t limit = 50;
  std::string cursor;  ///< empty: from the beginning
};
template <class Query>
PageRequest PageOf(const Query& query) {
  return {query.limit.value_or(50), query.cursor.value_or("")};
}

/// A position "(moment, id)" in a list that is ordered by both; the beginning of everything without a cursor.
struct MomentCursor {
  int64_t moment = 0;
  std::string id;
};
/// In descending lists the beginning is the end of time.
Result<MomentCursor> ReadMomentCursor(const std::string& cursor, bool descending = false);

/// A page of `rows`, of which one more than `limit` were read; each row as a view.
template <class View, class Row>
Page<View> MakePage(const std::vector<Row>& rows, int64_t limit, View (*view)(const Row&),
                    const std::function<std::string(const Row&)>& cursor) {
  Page<View> page;
  for (const Row& row : rows) {
    if (static_cast<int64_t>(page.items.size()) == limit) {
      page.next = cursor(rows[static_cast<size_t>(limit) - 1]);
      break;
    }
    page.items.push_back(view(row));
  }
  return page;
}

}  // namespace migrateiq::core
