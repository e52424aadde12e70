#include "pipeline/run/claim.hpp"

#include <chrono>
#include <thread>

#include "base/errors/run.hpp"
#include "pipeline/connector/table_claims.hpp"

namespace migrateiq {

Result<bool> ClaimTables(Target& target, const std::vector<TableName>& tables, const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::seconds kPatience{2};
  constexpr std::chrono::milliseconds kPause{100};
  auto* const claims = dynamic_cast<TableClaims*>(&target);
  if (claims == nullptr) return false;
  const Clock::time_point begin = Clock::now();
  for (bool waited = false;; waited = true) {
    const Status claimed = claims->Claim(tables);
    if (claimed) return waited;
    const bool held = claimed.error().Is(codes::kRunHeld);
    if (!held || stop.stop_requested() || Clock::now() - begin > kPatience) return Fail(claimed.error());
    std::this_thread::sleep_for(kPause);
  }
}

}  // namespace migrateiq
