#pragma once

#include "modules/core/id_cursor.hpp"

namespace migrateiq::core {

/// A page of `rows` that are ordered by a text of theirs (`&Row::some_id`), of which one more than `limit` were read.
template <class View, class Row>
Page<View> PageById(const std::vector<Row>& rows, int64_t limit, View (*view)(const Row&), std::string Row::*id) {
  return MakePage<View, Row>(rows, limit, view, [id](const Row& row) { return IdCursor(row.*id); });
}

}  // namespace migrateiq::core
