#include "base/server_fix.hpp"

#include <algorithm>

#include "base/errors/all.hpp"

namespace migrateiq {

namespace {

struct Wording {
  ErrorCode code;
  std::string_view fix;
};

constexpr Wording kWordings[] = {
#define MIQ_SERVER_FIX(name, fix) {codes::name, fix},
#include "base/errors/server_fix.def"
#undef MIQ_SERVER_FIX
};

}  // namespace

std::string_view ServerFix(std::string_view code, std::string_view fix) {
  const auto* found = std::ranges::find_if(kWordings, [&](const Wording& one) { return one.code.code == code; });
  if (found == std::end(kWordings)) return fix;
  return fix.empty() || fix == found->code.fix ? found->fix : fix;
}

std::string_view ServerFix(const Error& error) { return ServerFix(error.code.code, error.FixText()); }

}  // namespace migrateiq
