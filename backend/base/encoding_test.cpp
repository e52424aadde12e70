#include "base/encoding.hpp"

#include <gtest/gtest.h>

#include <set>

#include "base/random.hpp"
#include "base/time.hpp"

namespace migrateiq {
namespace {

TEST(Encoding, Base64UrlFollowsTheVectorsOfRfc4648) {
  for (const auto& [plain, text] : std::initializer_list<std::pair<std::string, std::string>>{
           {"", ""}, {"f", "Zg"}, {"fo", "Zm8"}, {"foo", "Zm9v"}, {"foob", "Zm9vYg"}, {"\xfb\xff", "-_8"}}) {
    EXPECT_EQ(ToBase64Url(plain), text);
    EXPECT_EQ(FromBase64Url(text), plain);
  }
}

TEST(Encoding, Base64UrlRefusesOtherText) {
  for (const char* text : {"A", "A+==", "Zg==", "Zh", "Z g"}) EXPECT_FALSE(FromBase64Url(text)) << text;
}

TEST(Encoding, HashesFollowKnownVectors) {
  EXPECT_EQ(ToHexText(Sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ToHexText(HmacSha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(Time, PrintsAndReadsRfc3339) {
  EXPECT_EQ(FormatTime(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatTime(-1), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(ParseTime("2026-11-22T22:33:05.123456Z"), ParseTime("2026-11-23T00:33:05.123456+02:00"));
  EXPECT_EQ(FormatTime(*ParseTime("2024-02-29T12:00:00.5Z")), "2024-02-29T12:00:00.500000Z");
  for (const char* text : {"", "2026-11-22", "2026-02-30T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T00:00:00",
                           "2026-11-22T00:00:00.Z", "2026-11-22T00:00:00+2"})
    EXPECT_FALSE(ParseTime(text)) << text;
}

TEST(Random, IdsAreOfVersionSevenAndSortByTime) {
  std::set<std::string> ids;
  std::string last;
  for (int index = 0; index < 10000; ++index) {
    const std::string id = NewId();
    EXPECT_LT(last, id);
    ids.insert(last = id);
  }
  EXPECT_EQ(ids.size(), 10000U);
  for (const std::string& id : ids) {
    EXPECT_EQ(id.size(), 36U);
    EXPECT_EQ(id[14], '7');
    EXPECT_TRUE(std::string("89ab").contains(id[19]));
  }
}

}  // namespace
}  // namespace migrateiq
