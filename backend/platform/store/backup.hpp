#pragma once

#include <string>

#include "base/error.hpp"

namespace migrateiq::store {

/// Copies the embedded store's file to `to` (mode 0600, replaced whole or not at all) as it is at one moment, while
/// other connections and processes go on reading and writing. The copy is checked before it takes the name.
/// The key file and the files of uploads are not in it. Errors: kStateOpen, kStateQuery.
Status BackUp(const std::string& state_file, const std::string& to);

/// Puts a backup's content into the store's file (made when absent), in one transaction: others that use the file see
/// all of the old or all of the new. Refused, with nothing changed, when the backup is damaged or no store.
Status Restore(const std::string& backup_file, const std::string& state_file);

}  // namespace migrateiq::store
