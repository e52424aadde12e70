#include "platform/http/detail/target.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace migrateiq::http::detail {
namespace {

std::string Path(std::string_view target) {
  const auto decoded = DecodeTarget(target);
  return decoded ? decoded->path : "refused";
}

TEST(TargetTest, PathsAreNormalised) {
  EXPECT_EQ(Path("/"), "/");
  EXPECT_EQ(Path("/a/b"), "/a/b");
  EXPECT_EQ(Path("/a/b/"), "/a/b/");
  EXPECT_EQ(Path("//a///b"), "/a/b");
  EXPECT_EQ(Path("/a/./b/../c"), "/a/c");
  EXPECT_EQ(Path("/a/.."), "/");
  EXPECT_EQ(Path("/a/%2e%2E/b"), "/b");
  EXPECT_EQ(Path("/%C3%A9"), "/é");
  EXPECT_EQ(Path("/a+b"), "/a+b");
  EXPECT_EQ(Path("/..."), "/...");
}

TEST(TargetTest, WhatIsRefused) {
  for (const char* target : {"",
                             "*",
                             "a",
                             "/..",
                             "/a/../../b",
                             "/%2e%2e/etc",
                             "/a%2fb",
                             "/a%2Fb",
                             "/a%5cb",
                             "/a\\b",
                             "/%00",
                             "/a%0d%0ab",
                             "/%7f",
                             "/%",
                             "/%1",
                             "/%zz",
                             "/%ff",
                             "/%c0%af",
                             "/%ed%a0%80",
                             "/%f4%90%80%80",
                             "/a?b=%00",
                             "/a?b=%ff",
                             "/a?%",
                             "/a#b",
                             "ftp://a/b",
                             "http:///a",
                             "http://user@host/a",
                             "example.org:443"}) {
    EXPECT_EQ(Path(target), "refused") << target;
  }
}

TEST(TargetTest, AbsoluteForm) {
  const auto target = DecodeTarget("http://example.org:81/a?b");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->authority, "example.org:81");
  EXPECT_EQ(target->path, "/a");
  EXPECT_EQ(DecodeTarget("https://example.org?b=1")->path, "/");
}

TEST(TargetTest, QueryMembers) {
  using Members = std::vector<std::pair<std::string, std::string>>;
  EXPECT_EQ(DecodeTarget("/?a=1&b=x+y%26z&c&&d=e=f&a=2")->query,
            (Members{{"a", "1"}, {"b", "x y&z"}, {"c", ""}, {"d", "e=f"}, {"a", "2"}}));
  std::string many = "/?";
  for (int i = 0; i < 101; ++i) many += "a=1&";
  EXPECT_FALSE(DecodeTarget(many));
}

TEST(TargetTest, DecodedPathsStayInside) {
  rc::check("no dot segment, no empty part, no control character", [](const std::vector<uint8_t>& picks) {
    static constexpr const char* kParts[] = {"/", ".", "..", "%2e", "a", "%41", "%c3%a9", "?", "=", "&", "%", "//"};
    std::string text = "/";
    for (const uint8_t pick : picks) text += kParts[pick % std::size(kParts)];
    const auto target = DecodeTarget(text);
    if (!target) return;
    const std::string padded = target->path + "/";
    RC_ASSERT(padded.find("/../") == std::string::npos);
    RC_ASSERT(padded.find("/./") == std::string::npos);
    RC_ASSERT(target->path.find("//") == std::string::npos);
    RC_ASSERT(target->path.starts_with('/'));
  });
}

}  // namespace
}  // namespace migrateiq::http::detail
