#include "platform/http/detail/address_places.hpp"

namespace migrateiq::http::detail {

std::optional<AddressPlaces::Place> AddressPlaces::Take(const AddressBytes& address) {
  if (most_ == 0) return Place();
  const AddressBytes client = NetworkOf(address);
  const std::lock_guard lock(mutex_);
  size_t& taken = taken_[client];
  if (taken >= most_) return std::nullopt;
  ++taken;
  return Place(*this, client);
}

void AddressPlaces::GiveBack(const AddressBytes& client) {
  const std::lock_guard lock(mutex_);
  const auto found = taken_.find(client);
  if (--found->second == 0) taken_.erase(found);
}

}  // namespace migrateiq::http::detail
