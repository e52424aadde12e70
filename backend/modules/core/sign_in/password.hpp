#pragma once

#include <cstdint>
#include <semaphore>
#include <string>
#include <string_view>

#include "base/error.hpp"

namespace migrateiq::core {

/// Argon2id, encoded with its parameters and a random salt of 16 bytes. The defaults are 19 MiB, 2 passes, 1 lane; a
/// hash of other parameters is replaced at the next sign-in. Four at a time, so that memory and processors are left for
/// others. Thread-safe.
class PasswordHasher {
 public:
  struct Cost {
    uint32_t memory_kib = 19'456, passes = 2, lanes = 1;
  };
  explicit PasswordHasher(Cost cost);

  std::string Hash(std::string_view password) const;
  /// With an empty hash (nobody has that address) it takes as long as with any other, and says no.
  bool Verify(std::string_view password, const std::string& hash) const;
  bool IsOutdated(const std::string& hash) const;

 private:
  Cost cost_;
  mutable std::counting_semaphore<> slots_{4};
  std::string nobody_;  ///< a hash that nobody knows a password for
};

/// At least 12 characters, at most 1024 bytes; no rules of composition, but not a common password, not one repeated or
/// counted up, not the person's own name or address. Errors: kAuthPassword, saying why.
Status CheckNewPassword(std::string_view password, std::string_view email, std::string_view name);

/// Known from lists of leaked passwords, also with digits and signs around it, in capitals or with digits for letters?
bool IsCommonPassword(std::string_view password);

}  // namespace migrateiq::core
