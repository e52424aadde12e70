#include "platform/http/detail/head.hpp"

#include <gtest/gtest.h>

namespace migrateiq::http::detail {
namespace {

int Status(std::string_view text) {
  const auto head = ParseHead(text);
  return head ? 200 : head.error().status;
}

TEST(HeadTest, PlainRequest) {
  const auto head = ParseHead("GET /a?b=c HTTP/1.1\r\nHost: example.org:80\r\nX-A:  one two \r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->method, "GET");
  EXPECT_EQ(head->target, "/a?b=c");
  EXPECT_EQ(head->host, "example.org:80");
  EXPECT_EQ(head->headers.Get("x-a"), "one two");
  EXPECT_TRUE(head->keep_alive);
  EXPECT_FALSE(head->content_length);
}

TEST(HeadTest, ConnectionAndUpgrade) {
  EXPECT_FALSE(ParseHead("GET / HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n")->keep_alive);
  EXPECT_FALSE(ParseHead("GET / HTTP/1.0\r\n\r\n")->keep_alive);
  EXPECT_TRUE(ParseHead("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")->keep_alive);
  const auto upgrade =
      ParseHead("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, Upgrade\r\nUpgrade: WebSocket\r\n\r\n");
  EXPECT_TRUE(upgrade->wants_websocket);
  EXPECT_TRUE(
      ParseHead("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\nContent-Length: 3\r\n\r\n")->expects_continue);
  EXPECT_EQ(Status("PUT / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\n\r\n"), 417);
}

/// What two programs could read differently.
TEST(HeadTest, Smuggling) {
  const std::string begin = "POST / HTTP/1.1\r\nHost: a\r\n";
  for (const char* fields : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                             "Content-Length: 5\r\nContent-Length: 5\r\n",
                             "Content-Length: 5\r\ncontent-length: 6\r\n",
                             "Content-Length: 5, 5\r\n",
                             "Content-Length: +5\r\n",
                             "Content-Length: -1\r\n",
                             "Content-Length: 0x5\r\n",
                             "Content-Length: 5 5\r\n",
                             "Content-Length:\r\n",
                             "Content-Length: 99999999999999999999\r\n",
                             "Content-Length : 5\r\n",
                             " Content-Length: 5\r\n",
                             "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                             "Transfer-Encoding : chunked\r\n",
                             "X-A: b\r\n folded: c\r\n",
                             "X-A: b\r\n\tc\r\n",
                             "X\x01: b\r\n",
                             "X-A: b\x01\r\n",
                             "X-A: b\x7f\r\n",
                             "X A: b\r\n",
                             ": b\r\n",
                             "no colon\r\n",
                             "X-\xc3\xa9: b\r\n",
                             "Host: b\r\n",
                             "X-A: b\rX-B: c\r\n",
                             "Content-Length: 5\rX: 1\r\n"}) {
    EXPECT_EQ(Status(begin + fields + "\r\n"), 400) << fields;
  }
  EXPECT_EQ(Status(begin + "Transfer-Encoding: chunked, identity\r\n\r\n"), 501);
  EXPECT_EQ(Status(begin + "Transfer-Encoding: xchunked\r\n\r\n"), 501);
  EXPECT_EQ(Status("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n"), 400);
  EXPECT_EQ(Status(begin + std::string("X: a\0b\r\n\r\n", 10)), 400);
  EXPECT_EQ(Status(begin + "Transfer-Encoding: Chunked\r\n\r\n"), 200);
}

TEST(HeadTest, RequestLine) {
  const auto line = [](const std::string& text) { return Status(text + "\r\nHost: a\r\n\r\n"); };
  EXPECT_EQ(line("GET / HTTP/1.1"), 200);
  for (const char* text :
       {"GET /", "GET  / HTTP/1.1", "GET / HTTP/1.1 ", " GET / HTTP/1.1", "GET /a b HTTP/1.1", "G\tT / HTTP/1.1",
        "GET\t/\tHTTP/1.1", "GET / http/1.1", "GET /\x01 HTTP/1.1", "GET /\xc3\xa9 HTTP/1.1", "", "GET"}) {
    EXPECT_EQ(line(text), 400) << text;
  }
  EXPECT_EQ(line("GET / HTTP/2.0"), 505);
  EXPECT_EQ(line("GET /" + std::string(kMaxTarget, 'a') + " HTTP/1.1"), 414);
}

TEST(HeadTest, HostIsNeeded) {
  EXPECT_EQ(Status("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(Status("GET / HTTP/1.1\r\nHost:\r\n\r\n"), 400);
  EXPECT_EQ(Status("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"), 400);
  EXPECT_EQ(Status("GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"), 400);
  EXPECT_EQ(Status("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), 200);
}

TEST(HeadTest, Limits) {
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (size_t i = 0; i < kMaxFields; ++i) many += "X: y\r\n";
  EXPECT_EQ(Status(many + "\r\n"), 431);
  EXPECT_EQ(Status("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(kMaxHead, 'a') + "\r\n\r\n"), 431);
}

TEST(HeadTest, EndOfHead) {
  EXPECT_EQ(FindHeadEnd("GET / HTTP/1.1\r\nHost: a\r\n").value(), std::nullopt);
  EXPECT_EQ(FindHeadEnd("GET / HTTP/1.1\r\n\r\nrest").value(), 18U);
  EXPECT_FALSE(FindHeadEnd("GET / HTTP/1.1\nHost: a\n\n"));
  EXPECT_FALSE(FindHeadEnd("GET / HTTP/1.1\r\nHost: a\n\r\n"));
  EXPECT_EQ(FindHeadEnd(std::string(kMaxHead + 1, 'a')).error().status, 431);
}

TEST(HeadTest, Tokens) {
  EXPECT_TRUE(HasToken("a, B ,c", "b"));
  EXPECT_FALSE(HasToken("ab,c", "b"));
  EXPECT_FALSE(IsToken(""));
  EXPECT_FALSE(IsToken(std::string_view("a\0b", 3)));
}

}  // namespace
}  // namespace migrateiq::http::detail
