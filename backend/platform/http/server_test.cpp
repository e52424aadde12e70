#include "base/errors/server.hpp"
#include "platform/http/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "platform/http/wire_test_support.hpp"

namespace migrateiq::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

/// A stream of `pieces` pieces of 1,000 bytes that may fail at the end.
class Stream : public BodySource {
 public:
  Stream(int pieces, bool sized, bool fails = false) : pieces_(pieces), left_(pieces), sized_(sized), fails_(fails) {}
  std::optional<uint64_t> Size() const override {
    return sized_ ? std::optional<uint64_t>(static_cast<uint64_t>(pieces_) * 1000) : std::nullopt;
  }
  Result<std::string> Next() override {
    if (left_-- > 0) return std::string(1000, 'x');
    if (fails_) return Fail(codes::kObjectStore, "broken");
    return "";
  }

 private:
  int pieces_, left_;
  bool sized_, fails_;
};

/// Says what it was asked.
Response Echo(const Request& request) {
  Response response;
  response.content_type = "text/plain";
  if (request.path == "/sized") response.stream = std::make_unique<Stream>(100, true);
  if (request.path == "/endless") response.stream = std::make_unique<Stream>(1 << 30, false);
  if (request.path == "/chunked") response.stream = std::make_unique<Stream>(100, false);
  if (request.path == "/fails") response.stream = std::make_unique<Stream>(3, false, true);
  if (request.path == "/short") response.stream = std::make_unique<Stream>(3, true, true);
  if (request.path == "/nothing") response.status = 204;
  if (request.path == "/throws") throw std::runtime_error("secret detail");
  if (request.path == "/slow") std::this_thread::sleep_for(milliseconds(300));
  response.body = std::string(MethodName(request.method)) + " " + request.path + " " + request.address + " " +
                  request.host + " " + request.body;
  return response;
}

class ServerTest : public testing::Test {
 protected:
  void Start(ServerOptions options = {}) {
    options.port = 0;
    options.worker_threads = std::min(options.worker_threads, 4);
    auto server = Server::Start(options, {.handle = Echo,
                                          .body_limit = [](Method, const std::string& path) -> size_t {
                                            return path == "/small" ? 10 : 1 << 20;
                                          },
                                          .upgrade = nullptr});
    ASSERT_TRUE(server) << server.error().ToString();
    server_ = std::move(*server);
  }
  std::string Ask(const std::string& bytes) {
    RawClient client(server_->port());
    client.Send(bytes);
    return client.Response();
  }
  int StatusFor(const std::string& bytes) { return StatusOf(Ask(bytes)); }

  std::unique_ptr<Server> server_;
};

constexpr const char* kGet = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";

TEST_F(ServerTest, KeepsTheConnection) {
  Start();
  RawClient client(server_->port());
  for (int i = 0; i < 3; ++i) {
    client.Send(kGet);
    const std::string response = client.Response();
    EXPECT_EQ(StatusOf(response), 200);
    EXPECT_EQ(BodyOf(response), "GET /a 127.0.0.1 h ");
    EXPECT_EQ(HeaderOf(response, "Connection"), "keep-alive");
  }
  client.Send("GET /a HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(HeaderOf(client.Response(), "Connection"), "close");
  EXPECT_TRUE(client.Closed());
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInOrder) {
  Start();
  RawClient client(server_->port());
  client.Send(
      "GET /slow HTTP/1.1\r\nHost: h\r\n\r\nPOST /b HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /c "
      "HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_THAT(BodyOf(client.Response()), HasSubstr("GET /slow "));
  EXPECT_THAT(BodyOf(client.Response()), HasSubstr("POST /b 127.0.0.1 h abc"));
  EXPECT_THAT(BodyOf(client.Response()), HasSubstr("GET /c "));
}

TEST_F(ServerTest, BytesOneByOne) {
  Start();
  RawClient client(server_->port());
  for (const char c :
       std::string_view("POST /a HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n")) {
    client.Send({&c, 1});
  }
  EXPECT_THAT(BodyOf(client.Response()), HasSubstr("POST /a 127.0.0.1 h abc"));
}

TEST_F(ServerTest, BodiesAndTheirLimits) {
  Start();
  const std::string big(1 << 20, 'x');
  EXPECT_EQ(StatusFor("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n" + big), 200);
  EXPECT_EQ(StatusFor("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n0123456789"), 200);
  EXPECT_EQ(StatusFor("POST /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: "
                      "chunked\r\n\r\n5\r\n01234\r\n6\r\n012345\r\n0\r\n\r\n"),
            413);
  RawClient client(server_->port());
  client.Send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 1048576\r\n\r\n" + big);
  const std::string response = client.Response();
  EXPECT_EQ(StatusOf(response), 413);
  EXPECT_THAT(BodyOf(response), HasSubstr("MIQ-API-012"));
  EXPECT_EQ(HeaderOf(response, "Connection"), "close");
}

TEST_F(ServerTest, ExpectContinue) {
  Start();
  RawClient client(server_->port());
  client.Send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.Bytes(25), "HTTP/1.1 100 Continue\r\n\r\n");
  client.Send("abc");
  EXPECT_EQ(StatusOf(client.Response()), 200);
  client.Send("POST /small HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(StatusOf(client.Response()), 413);
  EXPECT_TRUE(client.Closed());
}

TEST_F(ServerTest, MalformedRequestsEndTheConnection) {
  Start();
  for (const char* request :
       {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nA : b\r\n\r\n", "GET / HTTP/1.1\nHost: h\n\n",
        "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "nonsense\r\n\r\n", "GET /../../etc/passwd HTTP/1.1\r\nHost: h\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n"}) {
    RawClient client(server_->port());
    client.Send(request);
    client.Send(kGet);
    const std::string response = client.Response();
    EXPECT_EQ(StatusOf(response), 400) << request;
    EXPECT_THAT(BodyOf(response), HasSubstr("MIQ-API-021"));
    EXPECT_EQ(client.Rest(), "") << request;
  }
  EXPECT_EQ(StatusFor("TRACE / HTTP/1.1\r\nHost: h\r\n\r\n"), 501);
  EXPECT_EQ(StatusFor("CONNECT a:1 HTTP/1.1\r\nHost: h\r\n\r\n"), 501);
  EXPECT_EQ(StatusFor("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), 505);
  EXPECT_EQ(StatusFor("GET / HTTP/1.1\r\nHost: h\r\nX: " + std::string(40000, 'a') + "\r\n\r\n"), 431);
  EXPECT_GE(server_->numbers().refused, 12);
}

TEST_F(ServerTest, Streams) {
  Start();
  const std::string sized = Ask("GET /sized HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(HeaderOf(sized, "Content-Length"), "100000");
  EXPECT_EQ(BodyOf(sized).size(), 100000U);
  const std::string chunked = Ask("GET /chunked HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(HeaderOf(chunked, "Transfer-Encoding"), "chunked");
  EXPECT_EQ(BodyOf(chunked).size(), 100000U);
  RawClient old(server_->port());
  old.Send("GET /chunked HTTP/1.0\r\n\r\n");
  const std::string response = old.Rest();
  EXPECT_EQ(HeaderOf(response, "Transfer-Encoding"), "");
  EXPECT_EQ(BodyOf(response).size(), 100000U);
}

TEST_F(ServerTest, BrokenStreamsAreCutOff) {
  Start();
  for (const char* path : {"/fails", "/short"}) {
    RawClient client(server_->port());
    client.Send(std::string("GET ") + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    const std::string all = client.Rest();
    EXPECT_EQ(StatusOf(all), 200);
    EXPECT_FALSE(all.ends_with("0\r\n\r\n")) << path;
  }
}

TEST_F(ServerTest, HeadHasNoBody) {
  Start();
  RawClient client(server_->port());
  for (const char* path : {"/a", "/sized", "/chunked"}) {
    client.Send(std::string("HEAD ") + path + " HTTP/1.1\r\nHost: h\r\n\r\n");
    EXPECT_EQ(StatusOf(client.Response(true)), 200);
  }
  client.Send("GET /nothing HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(StatusOf(client.Response()), 204);
  client.Send(kGet);
  EXPECT_EQ(StatusOf(client.Response()), 200);
}

TEST_F(ServerTest, ExceptionsTellNothing) {
  Start();
  const std::string response = Ask("GET /throws HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(StatusOf(response), 500);
  EXPECT_EQ(response.find("secret"), std::string::npos);
}

TEST_F(ServerTest, SlowClientsAreLeft) {
  Start({.idle_timeout = milliseconds(200), .head_timeout = milliseconds(200), .body_timeout = milliseconds(200)});
  RawClient idle(server_->port());
  RawClient slow_head(server_->port());
  RawClient slow_body(server_->port());
  slow_head.Send("GET / HTTP/1.1\r\n");
  slow_body.Send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
  // A byte now and then does not help.
  for (int i = 0; i < 10; ++i) {
    std::this_thread::sleep_for(milliseconds(50));
    slow_head.Send("X");
    slow_body.Send("x");
  }
  EXPECT_EQ(slow_head.Rest(), "");
  EXPECT_EQ(slow_body.Rest(), "");
  EXPECT_TRUE(idle.Closed());
  EXPECT_EQ(StatusFor(kGet), 200);
}

TEST_F(ServerTest, TooManyWaitingRequests) {
  Start({.worker_threads = 1, .max_waiting = 1});
  std::vector<std::future<std::string>> answers;
  for (int i = 0; i < 4; ++i) {
    answers.push_back(std::async(std::launch::async, [this] { return Ask("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n"); }));
  }
  int refused = 0;
  for (auto& answer : answers) {
    const std::string response = answer.get();
    if (StatusOf(response) != 503) continue;
    ++refused;
    EXPECT_EQ(HeaderOf(response, "Retry-After"), "1");
  }
  EXPECT_GE(refused, 1);
  EXPECT_LE(refused, 3);
}

TEST_F(ServerTest, RequestsThatWaitedTooLong) {
  Start({.worker_threads = 1, .longest_wait = milliseconds(100)});
  RawClient first(server_->port());
  first.Send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  while (server_->numbers().requests_at_work == 0) std::this_thread::sleep_for(milliseconds(1));
  RawClient second(server_->port());
  second.Send(kGet);
  const std::string response = second.Response();
  EXPECT_EQ(StatusOf(response), 503);
  EXPECT_EQ(HeaderOf(response, "Retry-After"), "1");
  EXPECT_EQ(StatusOf(first.Response()), 200);
  second.Send(kGet);
  EXPECT_EQ(StatusOf(second.Response()), 200);
}

TEST_F(ServerTest, TooManyConnections) {
  Start({.max_connections = 2});
  RawClient first(server_->port());
  RawClient second(server_->port());
  first.Send(kGet);
  second.Send(kGet);
  EXPECT_EQ(StatusOf(first.Response()) + StatusOf(second.Response()), 400);
  RawClient third(server_->port());
  EXPECT_TRUE(third.Closed());
}

TEST_F(ServerTest, OneAddressCannotTakeAllConnections) {
  Start({.connections_per_address = 2});
  auto first = std::make_unique<RawClient>(server_->port());
  RawClient second(server_->port());
  first->Send(kGet);
  second.Send(kGet);
  EXPECT_EQ(StatusOf(first->Response()) + StatusOf(second.Response()), 400);
  EXPECT_TRUE(RawClient(server_->port()).Closed());
  EXPECT_EQ(server_->numbers().refused, 1);
  first.reset();
  while (server_->numbers().connections > 1) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(StatusFor(kGet), 200);
}

TEST_F(ServerTest, BehindAProxyItsClientsAreCounted) {
  Start({.trusted_proxies = {"127.0.0.0/8"}, .connections_per_address = 1});
  const auto slow = [](const std::string& client) {
    return "GET /slow HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: " + client + "\r\n\r\n";
  };
  RawClient one(server_->port());
  RawClient another(server_->port());
  one.Send(slow("1.2.3.4"));
  another.Send(slow("1.2.3.5"));
  while (server_->numbers().requests_at_work < 2) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_EQ(StatusFor(slow("1.2.3.4")), 503);
  EXPECT_EQ(StatusOf(one.Response()) + StatusOf(another.Response()), 400);
  EXPECT_EQ(StatusFor(slow("1.2.3.4")), 200);
}

TEST_F(ServerTest, WhoDoesNotReadIsLeft) {
  Start({.body_timeout = milliseconds(200)});
  RawClient client(server_->port());
  client.Send("GET /endless HTTP/1.1\r\nHost: h\r\n\r\n");
  while (server_->numbers().connections == 0) std::this_thread::sleep_for(milliseconds(1));
  for (int turn = 0; turn < 500 && server_->numbers().connections > 0; ++turn)
    std::this_thread::sleep_for(milliseconds(10));
  EXPECT_EQ(server_->numbers().connections, 0);
}

TEST_F(ServerTest, ProxiesAreBelievedWhenTrusted) {
  Start({.trusted_proxies = {"127.0.0.0/8"}});
  EXPECT_THAT(Ask("GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 9.9.9.9, 1.2.3.4\r\n\r\n"),
              HasSubstr("GET /a 1.2.3.4 h"));
  Start({});
  EXPECT_THAT(Ask("GET /a HTTP/1.1\r\nHost: h\r\nX-Forwarded-For: 1.2.3.4\r\n\r\n"), HasSubstr("GET /a 127.0.0.1 h"));
}

TEST_F(ServerTest, DrainLetsRequestsFinish) {
  Start();
  RawClient idle(server_->port());
  idle.Send(kGet);
  idle.Response();
  RawClient busy(server_->port());
  busy.Send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  while (server_->numbers().requests_at_work == 0) std::this_thread::sleep_for(milliseconds(1));
  server_->Drain(std::chrono::seconds(5));
  EXPECT_EQ(server_->numbers().connections, 0);
  EXPECT_TRUE(idle.Closed());
  const std::string response = busy.Response();
  EXPECT_EQ(StatusOf(response), 200);
  EXPECT_EQ(HeaderOf(response, "Connection"), "close");
}

TEST_F(ServerTest, ManyClientsAtOnce) {
  Start({.io_threads = 2});
  std::atomic<int> good = 0;
  std::vector<std::thread> clients;
  for (int c = 0; c < 8; ++c) {
    clients.emplace_back([&] {
      RawClient client(server_->port());
      for (int i = 0; i < 50; ++i) {
        client.Send(i % 2 == 0 ? kGet : "GET /chunked HTTP/1.1\r\nHost: h\r\n\r\n");
        if (StatusOf(client.Response()) == 200) ++good;
      }
    });
  }
  for (std::thread& client : clients) client.join();
  EXPECT_EQ(good, 400);
}

TEST_F(ServerTest, Metrics) {
  Start();
  telemetry::Metrics metrics;
  ReportServer(*server_, metrics);
  RawClient client(server_->port());
  client.Send(kGet);
  client.Response();
  EXPECT_EQ(StatusFor("nonsense\r\n\r\n"), 400);
  EXPECT_THAT(metrics.Text(), HasSubstr("miq_http_refused_total 1\n"));
  EXPECT_THAT(metrics.Text(), HasSubstr("miq_http_connections "));
}

/// The server's end waits for handlers that are at work.
TEST_F(ServerTest, EndsWhileRequestsAreAtWork) {
  Start();
  RawClient busy(server_->port());
  busy.Send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
  RawClient stream(server_->port());
  stream.Send("GET /chunked HTTP/1.1\r\nHost: h\r\n\r\n");
  while (server_->numbers().requests_at_work == 0) std::this_thread::sleep_for(milliseconds(1));
  server_.reset();
  EXPECT_LE(busy.Rest().size(), 1000U);
}

TEST(ServerStartTest, Errors) {
  EXPECT_EQ(Server::Start({.listen = "nowhere"}, {}).error().code.code, codes::kServerListen.code);
  EXPECT_EQ(Server::Start({.port = 0, .certificate_file = "/x"}, {}).error().code.code, codes::kServerTls.code);
  EXPECT_EQ(Server::Start({.port = 0, .certificate_file = "/x", .key_file = "/y"}, {}).error().code.code,
            codes::kServerTls.code);
  EXPECT_EQ(Server::Start({.trusted_proxies = {"x"}}, {}).error().code.code, codes::kSettingValue.code);
}

}  // namespace
}  // namespace migrateiq::http
