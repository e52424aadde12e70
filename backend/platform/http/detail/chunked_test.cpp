#include "platform/http/detail/chunked.hpp"

#include <gtest/gtest.h>

namespace migrateiq::http::detail {
namespace {

/// The body and what is left, or the status; fed in pieces of `step` bytes.
std::string Decode(std::string_view text, size_t limit = 100, size_t step = 1) {
  ChunkedDecoder decoder(limit);
  std::string body;
  while (!text.empty()) {
    std::string_view piece = text.substr(0, step);
    const size_t size = piece.size();
    const auto done = decoder.Feed(piece, body);
    if (!done) return std::to_string(done.error().status);
    text.remove_prefix(size - piece.size());
    if (*done) return body + "|" + std::string(text);
  }
  return "more";
}

TEST(ChunkedTest, Bodies) {
  for (const size_t step : {1U, 2U, 3U, 1000U}) {
    EXPECT_EQ(Decode("5\r\nhello\r\n0\r\n\r\nGET", 100, step), "hello|GET");
    EXPECT_EQ(Decode("5;a=b\r\nhello\r\n00A\r\n, my world\r\n0\r\nX-T: 1\r\n\r\n", 100, step), "hello, my world|");
    EXPECT_EQ(Decode("0\r\n\r\n", 100, step), "|");
    EXPECT_EQ(Decode("5\r\nhel", 100, step), "more");
  }
}

TEST(ChunkedTest, WhatIsRefused) {
  for (const char* text : {"5\nhello\r\n0\r\n\r\n", "5\r\nhello!\r\n0\r\n\r\n", "5\r\nhello\n0\r\n\r\n", "\r\n",
                           "g\r\n", "-1\r\n", "+5\r\n", "0x5\r\n", " 5\r\n", "5 \r\nhello\r\n", "123456789\r\n",
                           "5;\x01\r\n", "0\r\nno colon\r\n\r\n", "0\r\nX : 1\r\n\r\n"}) {
    EXPECT_EQ(Decode(text), "400") << text;
  }
}

TEST(ChunkedTest, Limits) {
  EXPECT_EQ(Decode("65\r\n"), "413");
  EXPECT_EQ(Decode("ffffffff\r\n"), "413");
  EXPECT_EQ(Decode("3\r\nabc\r\n3\r\nabc\r\n0\r\n\r\n", 5), "413");
  EXPECT_EQ(Decode("5;" + std::string(5000, 'a')), "400");
  std::string trailers = "0\r\n";
  for (int i = 0; i < 1000; ++i) trailers += "X-Trailer: 1\r\n";
  EXPECT_EQ(Decode(trailers), "431");
}

}  // namespace
}  // namespace migrateiq::http::detail
