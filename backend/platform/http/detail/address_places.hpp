#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "platform/http/detail/forwarded.hpp"

namespace migrateiq::http::detail {

/// How many connections each client has, so that one cannot take them all. A client of IPv6 is its network of 64 bits.
/// Thread-safe; must outlive its places.
class AddressPlaces {
 public:
  /// `most` a client; 0: no limit.
  explicit AddressPlaces(size_t most) : most_(most) {}

  /// A connection's place; given back at its end.
  class Place {
   public:
    Place() = default;
    Place(AddressPlaces& places, const AddressBytes& client) : places_(&places), client_(client) {}
    Place(Place&& other) noexcept : places_(std::exchange(other.places_, nullptr)), client_(other.client_) {}
    Place& operator=(Place&& other) noexcept {
      std::swap(places_, other.places_);
      std::swap(client_, other.client_);
      return *this;
    }
    ~Place() {
      if (places_ != nullptr) places_->GiveBack(client_);
    }

   private:
    AddressPlaces* places_ = nullptr;
    AddressBytes client_{};
  };
  /// Nothing when the client has as many as it may.
  std::optional<Place> Take(const AddressBytes& address);

 private:
  void GiveBack(const AddressBytes& client);

  const size_t most_;
  std::mutex mutex_;
  std::map<AddressBytes, size_t> taken_;
};

}  // namespace migrateiq::http::detail
