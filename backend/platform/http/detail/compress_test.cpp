#include "platform/http/detail/compress.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace migrateiq::http::detail {
namespace {

std::string Gunzip(std::string bytes) {
  z_stream stream{};
  inflateInit2(&stream, 15 + 16);
  std::string out(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  inflateEnd(&stream);
  return result == Z_STREAM_END ? out : "broken";
}

class Pieces : public BodySource {
 public:
  Result<std::string> Next() override { return left_-- > 0 ? std::string(5000, 'x') : std::string(); }

 private:
  int left_ = 10;
};

Request Accepting(const std::string& codings) {
  Request request;
  request.headers.Add("Accept-Encoding", codings);
  return request;
}

TEST(CompressTest, BodiesOfOneTypeAgainAndAgain) {
  for (const char fill : {'a', 'b'}) {
    Response response;
    response.body = std::string(5000, fill);
    Compress(Accepting("br, gzip"), response);
    EXPECT_EQ(response.headers.Get("Content-Encoding"), "gzip");
    EXPECT_EQ(response.headers.Get("Vary"), "Accept-Encoding");
    EXPECT_LT(response.body.size(), 200U);
    EXPECT_EQ(Gunzip(response.body), std::string(5000, fill));
  }
}

TEST(CompressTest, Streams) {
  Response response;
  response.content_type = "text/csv";
  response.stream = std::make_unique<Pieces>();
  Compress(Accepting("gzip"), response);
  std::string all;
  while (true) {
    const auto piece = response.stream->Next();
    ASSERT_TRUE(piece);
    if (piece->empty()) break;
    all += *piece;
  }
  EXPECT_EQ(Gunzip(all), std::string(50000, 'x'));
}

TEST(CompressTest, WhatStaysAsItIs) {
  const auto coded = [](const std::string& codings, const std::function<void(Response&)>& change) {
    Response response;
    response.body = std::string(5000, 'a');
    change(response);
    Compress(Accepting(codings), response);
    return response.headers.Get("Content-Encoding") == "gzip";
  };
  EXPECT_TRUE(coded("gzip;q=0.5", [](Response&) {}));
  EXPECT_FALSE(coded("gzip;q=0", [](Response&) {}));
  EXPECT_FALSE(coded("identity", [](Response&) {}));
  EXPECT_FALSE(coded("gzip", [](Response& r) { r.body = "small"; }));
  EXPECT_FALSE(coded("gzip", [](Response& r) { r.content_type = "image/png"; }));
  EXPECT_FALSE(coded("gzip", [](Response& r) { r.status = 206; }));
  EXPECT_FALSE(coded("gzip", [](Response& r) { r.headers.Set("Set-Cookie", "a=b"); }));
  EXPECT_FALSE(coded("gzip", [](Response& r) { r.headers.Set("Content-Range", "bytes 0-1/2"); }));
}

}  // namespace
}  // namespace migrateiq::http::detail
