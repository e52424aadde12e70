#include "platform/http/websocket.hpp"
#include "base/errors/api.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "platform/http/server.hpp"
#include "platform/http/wire_test_support.hpp"

namespace migrateiq::http {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

/// Keeps what happened; echoes messages.
class Recorder : public WebSocketHandler {
 public:
  void OnOpen(std::weak_ptr<WebSocketConnection> connection) override {
    const std::lock_guard lock(mutex_);
    connection_ = std::move(connection);
    changed_.notify_all();
  }
  void OnMessage(std::string text) override {
    if (text == "quiet") return;
    if (const auto connection = connection_.lock())
      connection->Send(std::make_shared<const std::string>("echo " + text));
  }
  void OnWritten() override { ++written; }
  void OnClose() override { ++closed; }

  std::shared_ptr<WebSocketConnection> Connection() {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::seconds(5), [this] { return !connection_.expired(); });
    return connection_.lock();
  }

  std::atomic<int> written = 0, closed = 0;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::weak_ptr<WebSocketConnection> connection_;
};

std::string Frame(int opcode, std::string_view payload, bool masked = true, bool last = true) {
  std::string frame(1, static_cast<char>((last ? 0x80 : 0) | opcode));
  const int mask = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    frame += static_cast<char>(mask | static_cast<int>(payload.size()));
  } else {
    frame += static_cast<char>(mask | 127);
    for (int shift = 56; shift >= 0; shift -= 8) frame += static_cast<char>(payload.size() >> shift & 0xff);
  }
  if (masked) frame += std::string(4, '\0');  // XOR with zero leaves the payload as it is
  return frame + std::string(payload);
}

class WebSocketTest : public testing::Test {
 protected:
  void Start(ServerOptions options = {}) {
    options.port = 0;
    options.worker_threads = 2;
    const auto upgrade = [this](const Request& request) -> Result<std::shared_ptr<WebSocketHandler>> {
      if (request.headers.Get("origin") == "https://evil.example") return Fail(codes::kApiForbidden, "origin");
      return recorder_;
    };
    auto server = Server::Start(
        options, {.handle = [](const Request&) { return Response(); }, .body_limit = nullptr, .upgrade = upgrade});
    ASSERT_TRUE(server) << server.error().ToString();
    server_ = std::move(*server);
  }
  static std::string Handshake(const std::string& more = "") {
    return "GET /api/v1/ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: "
           "13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           more + "\r\n";
  }
  void Open(RawClient& client) {
    client.Send(Handshake());
    const std::string response = client.Response();
    ASSERT_EQ(StatusOf(response), 101);
    EXPECT_EQ(HeaderOf(response, "Sec-WebSocket-Accept"), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  }
  /// The payload of the next frame (up to 64 KiB), with its opcode before it.
  static std::string Read(RawClient& client) {
    const std::string head = client.Bytes(2);
    if (head.size() < 2) return "end";
    size_t size = static_cast<unsigned char>(head[1]);
    if (size == 126) {
      const std::string more = client.Bytes(2);
      size = static_cast<size_t>(static_cast<unsigned char>(more[0])) * 256 + static_cast<unsigned char>(more[1]);
    }
    return std::to_string(head[0] & 0x0f) + ":" + client.Bytes(size);
  }
  static int CloseCode(const std::string& frame) {
    if (frame.size() < 4 || !frame.starts_with("8:")) return 0;
    return static_cast<unsigned char>(frame[2]) * 256 + static_cast<unsigned char>(frame[3]);
  }

  std::shared_ptr<Recorder> recorder_ = std::make_shared<Recorder>();
  std::unique_ptr<Server> server_;
};

TEST_F(WebSocketTest, Echo) {
  Start();
  RawClient client(server_->port());
  Open(client);
  client.Send(Frame(1, "hel", true, false) + Frame(0, "lo") + Frame(9, "are you there"));
  std::set<std::string> frames = {Read(client), Read(client)};
  EXPECT_EQ(frames, (std::set<std::string>{"1:echo hello", "10:are you there"}));
  EXPECT_EQ(server_->numbers().websockets, 1);
  client.Send(Frame(8, "\x03\xe8"));
  EXPECT_EQ(CloseCode(Read(client)), 1000);
  EXPECT_TRUE(client.Closed());
  // The client says goodbye but does not hang up: the server does not wait for long.
  const auto begin = std::chrono::steady_clock::now();
  while (server_->numbers().websockets > 0) std::this_thread::sleep_for(milliseconds(1));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(recorder_->closed, 1);
}

TEST_F(WebSocketTest, RefusedUpgrades) {
  Start();
  RawClient evil(server_->port());
  evil.Send(Handshake("Origin: https://evil.example\r\n"));
  const std::string response = evil.Response();
  EXPECT_EQ(StatusOf(response), 403);
  EXPECT_THAT(BodyOf(response), HasSubstr("MIQ-API-006"));
  RawClient old(server_->port());
  old.Send("GET /api/v1/ws HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  EXPECT_GE(StatusOf(old.Response()), 400);
  RawClient elsewhere(server_->port());
  elsewhere.Send("GET /api/v1/other HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  EXPECT_EQ(StatusOf(elsewhere.Response()), 200);
}

TEST_F(WebSocketTest, BrokenClients) {
  Start();
  const std::vector<std::pair<std::string, int>> cases = {
      {Frame(1, "not masked", false), 1002},
      {Frame(2, "binary"), 1003},
      {Frame(1, "\xff\xfe"), 1007},
      {Frame(1, std::string(64 * 1024 + 1, 'x')), 1009},
      {Frame(3, "unknown opcode"), 1002},
      {Frame(9, std::string(126, 'x')), 1002},
      {Frame(0, "nothing to continue"), 1002},
  };
  for (const auto& [bytes, code] : cases) {
    RawClient client(server_->port());
    Open(client);
    client.Send(bytes);
    EXPECT_EQ(CloseCode(Read(client)), code) << code;
  }
}

TEST_F(WebSocketTest, TalksTooMuch) {
  Start();
  RawClient client(server_->port());
  Open(client);
  std::string many;
  for (int i = 0; i < 300; ++i) many += Frame(1, "quiet");
  client.Send(many);
  EXPECT_EQ(CloseCode(Read(client)), 1008);
}

TEST_F(WebSocketTest, SharedMessagesFromManyThreads) {
  Start({.io_threads = 2, .websocket_queue = 1000});
  std::vector<std::unique_ptr<RawClient>> clients;
  std::vector<std::shared_ptr<WebSocketConnection>> connections;
  for (int i = 0; i < 4; ++i) {
    recorder_ = std::make_shared<Recorder>();
    clients.push_back(std::make_unique<RawClient>(server_->port()));
    Open(*clients.back());
    connections.push_back(recorder_->Connection());
    ASSERT_TRUE(connections.back());
  }
  const auto text = std::make_shared<const std::string>(std::string(300, 'x'));
  std::vector<std::thread> senders;
  for (int t = 0; t < 4; ++t) {
    senders.emplace_back([&] {
      for (int i = 0; i < 200; ++i) connections[static_cast<size_t>(i) % connections.size()]->Send(text);
    });
  }
  for (std::thread& sender : senders) sender.join();
  for (const auto& client : clients) {
    for (int i = 0; i < 200; ++i) ASSERT_EQ(Read(*client), "1:" + *text);
  }
}

TEST_F(WebSocketTest, SlowReadersAreClosed) {
  Start({.websocket_queue = 8});
  RawClient client(server_->port());
  Open(client);
  const auto connection = recorder_->Connection();
  const auto text = std::make_shared<const std::string>(std::string(60'000, 'x'));
  for (int i = 0; i < 1000; ++i) {
    connection->Send(text);
    ASSERT_LE(connection->queued(), 8U);
  }
  std::string frame = Read(client);
  while (frame.starts_with("1:")) frame = Read(client);
  EXPECT_EQ(CloseCode(frame), 1013);
}

TEST_F(WebSocketTest, DrainSaysGoodbye) {
  Start();
  auto client = std::make_unique<RawClient>(server_->port());
  Open(*client);
  recorder_->Connection()->Send(std::make_shared<const std::string>("last words"));
  std::thread drain([this] { server_->Drain(std::chrono::seconds(20)); });
  EXPECT_EQ(Read(*client), "1:last words");
  EXPECT_EQ(CloseCode(Read(*client)), 1001);
  client->Send(Frame(8, "\x03\xe9"));
  client.reset();
  drain.join();
  EXPECT_EQ(server_->numbers().websockets, 0);
  EXPECT_EQ(recorder_->closed, 1);
}

TEST_F(WebSocketTest, SilentClientsArePingedAndLeft) {
  Start({.websocket_timeout = milliseconds(400)});
  RawClient client(server_->port());
  Open(client);
  EXPECT_EQ(Read(client).substr(0, 2), "9:");
  client.Rest();
  while (recorder_->closed == 0) std::this_thread::sleep_for(milliseconds(1));
}

TEST_F(WebSocketTest, SendingAfterTheEndIsHarmless) {
  Start();
  auto client = std::make_unique<RawClient>(server_->port());
  Open(*client);
  const auto connection = recorder_->Connection();
  client.reset();
  while (recorder_->closed == 0) std::this_thread::sleep_for(milliseconds(1));
  connection->Send(std::make_shared<const std::string>("nobody hears"));
  connection->Close(1000, "");
  EXPECT_EQ(connection->queued(), 0U);
}

}  // namespace
}  // namespace migrateiq::http
