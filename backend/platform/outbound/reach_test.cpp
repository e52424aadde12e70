#include "platform/outbound/reach.hpp"
#include "base/errors/server.hpp"

#include <gtest/gtest.h>

namespace migrateiq {
namespace {

Reach Make(const std::vector<std::string>& allow, bool loopback = false) { return *Reach::Make(allow, loopback); }

TEST(Reach, PublicAddressesAreAllowedLocalOnesAreNot) {
  const Reach reach = Make({});
  for (const char* address : {"93.184.216.34", "8.8.8.8", "2606:2800:220:1::1"})
    EXPECT_TRUE(reach.Allows(address)) << address;
  for (const char* address : {"127.0.0.1", "10.1.2.3", "172.31.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd12::1",
                              "::ffff:127.0.0.1", "::ffff:10.0.0.1"})
    EXPECT_FALSE(reach.Allows(address)) << address;
}

TEST(Reach, LinkLocalAndTheLikeAreNeverAllowed) {
  const Reach reach = Make({"0.0.0.0/0", "::/0"}, true);
  for (const char* address :
       {"169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "ff02::1",
        "::", "::7f00:1", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1"})
    EXPECT_FALSE(reach.Allows(address)) << address;
}

TEST(Reach, ListedNetworksOpenWhatIsLocal) {
  const Reach reach = Make({"10.0.0.0/8", "192.168.7.0/25", "fd00::/16"});
  for (const char* address : {"10.255.0.1", "192.168.7.127", "fd00:1::1", "::ffff:10.0.0.1"})
    EXPECT_TRUE(reach.Allows(address)) << address;
  for (const char* address : {"192.168.7.128", "11.0.0.1.5", "fd01::1", "127.0.0.1", "name"})
    EXPECT_FALSE(reach.Allows(address)) << address;
}

TEST(Reach, LoopbackOnlyWhereTheServerIsLocalItself) {
  EXPECT_TRUE(Make({}, true).Allows("127.0.0.1"));
  EXPECT_TRUE(Make({}, true).Allows("::1"));
  EXPECT_EQ(Make({}, true).Resolve("localhost").value().empty(), false);
  EXPECT_TRUE(Make({}).Resolve("localhost").error().Is(codes::kConnectionReach));
}

TEST(Reach, OddSpellingsOfAddressesAreJudgedByWhatTheyMean) {
  // getaddrinfo reads these as addresses; what counts is the address it yields.
  for (const char* host : {"0x7f000001", "2130706433", "0177.0.0.1", "127.1", "169.254.43518"})
    EXPECT_FALSE(Make({}).Resolve(host).has_value()) << host;
}

TEST(Reach, NetworksThatAreNoneAreRefused) {
  for (const char* text : {"10.0.0.0/33", "10.0.0/8", "", "host/8", "10.0.0.0/", "::/129", "10.0.0.0/8x"})
    EXPECT_FALSE(Reach::Make({text}, false).has_value()) << text;
}

}  // namespace
}  // namespace migrateiq
