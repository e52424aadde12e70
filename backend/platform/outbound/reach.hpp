#pragma once

#include <string>
#include <vector>

#include "base/error.hpp"

namespace migrateiq {

/// Which addresses the server may connect to on somebody's behalf (connections, webhooks). Link-local, multicast and
/// unspecified addresses never; loopback and private networks only when a CIDR of `allow` has them; names are resolved
/// once and the caller connects to the address that was checked (so a second DNS answer cannot lead elsewhere).
class Reach {
 public:
  /// `allow`: CIDRs. `loopback`: the server itself listens on loopback only. Errors: kSettingValue.
  static Result<Reach> Make(const std::vector<std::string>& allow, bool loopback);
  /// The allowed addresses of `host`. Errors: kConnectionReach (naming the network to allow), kConnUnreachable when the
  /// name does not resolve.
  Result<std::vector<std::string>> Resolve(const std::string& host) const;
  bool Allows(const std::string& address) const;

 private:
  struct Network {
    unsigned char bytes[16];
    int bits;
  };
  std::vector<Network> allow_;
};

}  // namespace migrateiq
