#pragma once

#include "base/time.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::orchestrator {

/// Removes the events, the throughput and the statements of repair of server runs that were over before that moment.
/// The runs, their reports and their quarantined rows stay.
Status Tidy(store::Store& store, Micros before);

}  // namespace migrateiq::orchestrator
