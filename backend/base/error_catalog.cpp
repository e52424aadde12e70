#include "base/error_catalog.hpp"

#include <algorithm>
#include <iterator>

#include "base/errors/all.hpp"

namespace migrateiq {

const ErrorCode* FindErrorCode(std::string_view code) {
  static constexpr const ErrorCode* kAll[] = {
#define MIQ_ERROR(name, code, title, fix) &codes::name,
#include "base/errors/all.def"
#undef MIQ_ERROR
  };
  const auto* const* found = std::ranges::find(kAll, code, [](const ErrorCode* entry) { return entry->code; });
  return found == std::end(kAll) ? nullptr : *found;
}

Error ErrorFromText(std::string_view code, std::string_view message, std::string_view fix) {
  const ErrorCode* known = FindErrorCode(code);
  Error error = known != nullptr ? Error(*known, std::string(message))
                                 : Error(codes::kInternal, std::string(code) + ": " + std::string(message));
  if (fix != error.code.fix) error.fix = fix;
  return error;
}

}  // namespace migrateiq
