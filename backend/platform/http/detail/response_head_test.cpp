#include "platform/http/detail/response_head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace migrateiq::http::detail {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(ResponseHeadTest, NoValueEndsItsLine) {
  Response response;
  response.headers.Add("Location", "/a\r\nSet-Cookie: stolen=1\r\n\r\n<html>");
  response.headers.Add("X-Bad\r\nName", "1");
  response.headers.Add("", "1");
  response.content_type = "text/plain\r\nX-Injected: 1";
  const std::string head = ResponseHead(response, {.length = 0});
  EXPECT_THAT(head, HasSubstr("Location: /a  Set-Cookie: stolen=1    <html>\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("\r\nSet-Cookie")));
  EXPECT_THAT(head, Not(HasSubstr("\r\nX-Injected")));
  EXPECT_THAT(head, Not(HasSubstr("X-Bad")));
  EXPECT_EQ(head.find("\r\n\r\n"), head.size() - 4);
}

TEST(ResponseHeadTest, FramingIsTheServers) {
  Response response;
  response.headers.Add("Content-Length", "99");
  response.headers.Add("Transfer-Encoding", "chunked");
  response.headers.Add("Connection", "close");
  const std::string head = ResponseHead(response, {.length = 7});
  EXPECT_THAT(head, HasSubstr("Content-Length: 7\r\n"));
  EXPECT_THAT(head, Not(HasSubstr("99")));
  EXPECT_THAT(head, Not(HasSubstr("chunked")));
  EXPECT_THAT(head, HasSubstr("Connection: keep-alive\r\n"));
}

TEST(ResponseHeadTest, StatusWithoutBody) {
  Response response;
  response.status = 204;
  const std::string head = ResponseHead(response, {});
  EXPECT_TRUE(head.starts_with("HTTP/1.1 204 No Content\r\nDate: "));
  EXPECT_THAT(head, Not(HasSubstr("Content-")));
}

}  // namespace
}  // namespace migrateiq::http::detail
