#include "platform/http/detail/address_places.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace migrateiq::http::detail {
namespace {

AddressBytes Address(const char* text) { return *ParseAddress(text); }

TEST(AddressPlaces, AClientGetsItsShareAndGetsItAgain) {
  AddressPlaces places(2);
  auto first = places.Take(Address("10.0.0.1"));
  auto second = places.Take(Address("10.0.0.1"));
  EXPECT_TRUE(first && second);
  EXPECT_FALSE(places.Take(Address("10.0.0.1")));
  EXPECT_TRUE(places.Take(Address("10.0.0.2")));
  AddressPlaces::Place moved = std::move(*second);
  second.reset();
  EXPECT_FALSE(places.Take(Address("10.0.0.1"))) << "the place went on with what it was moved to";
  first.reset();
  EXPECT_TRUE(places.Take(Address("10.0.0.1")));
}

TEST(AddressPlaces, AnIpv6ClientIsItsNetwork) {
  AddressPlaces places(1);
  const auto first = places.Take(Address("2001:db8:1:2::1"));
  EXPECT_FALSE(places.Take(Address("2001:db8:1:2:ffff::9")));
  EXPECT_TRUE(places.Take(Address("2001:db8:1:3::1")));
}

TEST(AddressPlaces, ZeroIsNoLimit) {
  AddressPlaces places(0);
  std::vector<std::optional<AddressPlaces::Place>> many;
  for (int index = 0; index < 100; ++index) many.push_back(places.Take(Address("10.0.0.1")));
  for (const auto& place : many) EXPECT_TRUE(place);
}

}  // namespace
}  // namespace migrateiq::http::detail
