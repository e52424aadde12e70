#pragma once

#include <optional>
#include <string_view>

#include "pipeline/batch/type.hpp"

namespace migrateiq {

/// The inverse of ToString, as far as the text goes (labels of an enum are not in it); nothing for any other text.
std::optional<LogicalType> TypeFromText(std::string_view text);

}  // namespace migrateiq
