#include "platform/http/detail/forwarded.hpp"

#include <gtest/gtest.h>

namespace migrateiq::http::detail {
namespace {

std::string Address(const std::vector<std::string>& proxies, const std::string& peer,
                    const std::vector<std::string>& forwarded) {
  Headers headers;
  for (const std::string& value : forwarded) headers.Add("X-Forwarded-For", value);
  return ClientOf(*TrustedProxies::Make(proxies), peer, false, headers).address;
}

TEST(ForwardedTest, OnlyTrustedProxiesAreBelieved) {
  EXPECT_EQ(Address({}, "10.0.0.1", {"1.2.3.4"}), "10.0.0.1");
  EXPECT_EQ(Address({"10.0.0.0/8"}, "11.0.0.1", {"1.2.3.4"}), "11.0.0.1");
  EXPECT_EQ(Address({"10.0.0.0/8"}, "10.0.0.1", {"1.2.3.4"}), "1.2.3.4");
  EXPECT_EQ(Address({"10.0.0.0/8"}, "10.0.0.1", {}), "10.0.0.1");
}

TEST(ForwardedTest, RightmostUntrusted) {
  EXPECT_EQ(Address({"10.0.0.0/8"}, "10.0.0.1", {"6.6.6.6, 1.2.3.4, 10.0.0.2"}), "1.2.3.4");
  EXPECT_EQ(Address({"10.0.0.0/8"}, "10.0.0.1", {"6.6.6.6", "1.2.3.4", "10.0.0.2"}), "1.2.3.4");
  EXPECT_EQ(Address({"10.0.0.0/8"}, "10.0.0.1", {"10.0.0.3, 10.0.0.2"}), "10.0.0.3");
  EXPECT_EQ(Address({"10.0.0.0/8"}, "10.0.0.1", {"6.6.6.6, nonsense"}), "10.0.0.1");
}

TEST(ForwardedTest, FormsOfAddresses) {
  EXPECT_EQ(Address({"::1"}, "::1", {"[2001:db8::7]:443"}), "2001:db8::7");
  EXPECT_EQ(Address({"127.0.0.1/32"}, "::ffff:127.0.0.1", {"1.2.3.4:567"}), "1.2.3.4");
  EXPECT_EQ(Address({"2001:db8::/33"}, "2001:db8:7fff::1", {"1.2.3.4"}), "1.2.3.4");
  EXPECT_EQ(Address({"2001:db8::/33"}, "2001:db8:8000::1", {"1.2.3.4"}), "2001:db8:8000::1");
}

TEST(ForwardedTest, Proto) {
  Headers headers;
  headers.Add("X-Forwarded-Proto", "https");
  const auto proxies = *TrustedProxies::Make({"10.0.0.1"});
  EXPECT_TRUE(ClientOf(proxies, "10.0.0.1", false, headers).secure);
  EXPECT_FALSE(ClientOf(proxies, "10.0.0.2", false, headers).secure);
  EXPECT_TRUE(ClientOf(proxies, "10.0.0.2", true, {}).secure);
}

TEST(ForwardedTest, WrongNetworks) {
  for (const char* text : {"", "a", "10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1"}) {
    EXPECT_FALSE(TrustedProxies::Make({text})) << text;
  }
}

}  // namespace
}  // namespace migrateiq::http::detail
