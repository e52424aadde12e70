#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/cursor.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// One message to a channel: where it is, and what went wrong at the last try.
struct DeliveryRow {
  std::string delivery_id, subject;
  std::string outcome;  ///< waiting, delivered, failed: given up
  std::string problem;  ///< of the last try; empty: none
  int64_t attempts = 0;
  Micros created_at = 0;
  std::optional<Micros> next_at, finished_at;  ///< next_at: while it waits
};

/// What was, or shall be, sent by channels. Thread-safe.
class Deliveries {
 public:
  Deliveries(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  /// The newest first. `outcome` empty: all.
  Result<std::vector<DeliveryRow>> List(const std::string& tenant_id, const std::string& channel_id,
                                        const std::string& outcome, const PageRequest& page);
  /// Tries one that was given up again, from now on as if it were new. Errors: kApiNotFound, kApiState.
  Status Retry(const Actor& actor, const std::string& channel_id, const std::string& delivery_id);

 private:
  store::Store& store_;
  const Clock& clock_;
};

}  // namespace migrateiq::core
