#include "base/json_text.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

namespace migrateiq {
namespace {

TEST(JsonText, WritesEveryKindOnOneLine) {
  const boost::json::value value = {
      {"a", 12.3}, {"b", {1, nullptr, true}}, {"c", "x\"\n\x01"}, {"d", boost::json::object()}};
  EXPECT_EQ(JsonText(value), R"({"a": 12.3, "b": [1, null, true], "c": "x\"\n\u0001", "d": {}})");
  EXPECT_EQ(boost::json::parse(JsonText(value)), value);
}

TEST(JsonText, BytesThatAreNotUtf8BecomeText) {
  EXPECT_EQ(JsonQuoted("a\xff\xc3\xa9\xc0\x80\xed\xa0\x80"), "\"a\\\\xff\xc3\xa9\\\\xc0\\\\x80\\\\xed\\\\xa0\\\\x80\"");
  EXPECT_EQ(JsonQuoted("\xe2\x82"), "\"\\\\xe2\\\\x82\"");
  EXPECT_EQ(JsonQuoted("\U0001F600"), "\"\U0001F600\"");
}

}  // namespace
}  // namespace migrateiq
