#include "platform/http/hub.hpp"
#include "base/errors/api.hpp"
#include "base/errors/run.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

#include <atomic>
#include <mutex>
#include <thread>

#include "platform/realtime/kinds.hpp"

namespace migrateiq::http {
namespace {

namespace json = boost::json;

/// A connection that keeps what is sent; `blocked` makes it one that does not read.
class FakeConnection : public WebSocketConnection {
 public:
  void Send(std::shared_ptr<const std::string> text) override {
    const std::lock_guard lock(mutex_);
    sent_.push_back(*text);
    if (blocked) ++queued_;
  }
  void Close(int code, const std::string&) override { closed = code; }
  size_t queued() const override { return queued_; }
  void Read() { queued_ = 0; }

  size_t count() {
    const std::lock_guard lock(mutex_);
    return sent_.size();
  }
  /// The first message, not yet asked for, with this `is`; waits up to 5 seconds.
  json::object Next(const std::string& is) {
    for (int turn = 0; turn < 500; ++turn) {
      {
        const std::lock_guard lock(mutex_);
        for (; read_ < sent_.size(); ++read_) {
          const json::object message = json::parse(sent_[read_]).get_object();
          if (message.at("is").as_string() == is) {
            ++read_;
            return message;
          }
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    return {{"is", "nothing came"}};
  }

  std::atomic<int> closed = 0;
  std::atomic<bool> blocked = false;

 private:
  std::mutex mutex_;
  std::vector<std::string> sent_;
  size_t read_ = 0;
  std::atomic<size_t> queued_ = 0;
};

class HubTest : public testing::Test {
 protected:
  struct Peer {
    std::shared_ptr<FakeConnection> connection;
    std::shared_ptr<WebSocketHandler> handler;
    void Say(const std::string& text) const { handler->OnMessage(text); }
  };
  Peer Join(const std::string& user = "u1") {
    Principal principal;
    principal.user_id = user;
    principal.tenant_id = "t1";
    Peer peer{std::make_shared<FakeConnection>(), hub_.Accept(principal)};
    peer.handler->OnOpen(peer.connection);
    return peer;
  }
  void Publish(const std::string& topic, const std::string& data, bool ephemeral = false) {
    ASSERT_TRUE(bus_->Publish({.topic = topic, .type = "t", .data = data, .ephemeral = ephemeral}));
  }
  static std::string Seen(const json::object& message) { return json::serialize(message); }

  std::unique_ptr<realtime::Bus> bus_ = realtime::MakeMemoryBus();
  std::atomic<bool> allowed_ = true, signed_in_ = true, store_answers_ = true;
  std::atomic<int> renewed_ = 0;
  std::atomic<int> asked_with_rights_of_now_ = 0;
  Hub hub_{*bus_,
           [this](const Principal& principal, const std::string& topic) -> Status {
             if (principal.name == "as of now") ++asked_with_rights_of_now_;
             if (allowed_ && topic.starts_with("run:")) return {};
             if (topic.starts_with("project:")) return {};
             return Fail(codes::kApiNotFound, "there is no " + topic);
           },
           [this](const Principal& principal) -> Result<Principal> {
             ++renewed_;
             if (!store_answers_) return Fail(codes::kStateQuery, "the store is away");
             if (!signed_in_) return Fail(codes::kApiUnauthenticated, "the session has ended");
             Principal now = principal;
             now.name = "as of now";
             return now;
           },
           Hub::Options{.queue_limit = 4,
                        .messages_per_second = 50,
                        .progress_interval = std::chrono::milliseconds(20),
                        .recheck = std::chrono::seconds(3600)}};
};

TEST_F(HubTest, ASubscriberHearsItsTopicAndNoOther) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1"})");
  EXPECT_EQ(peer.connection->Next("subscribed").at("sequence"), 0);
  Publish("run:2", "1");
  Publish("run:1", R"({"rows":5})");
  const json::object event = peer.connection->Next("event");
  EXPECT_EQ(Seen(event), R"({"is":"event","topic":"run:1","sequence":1,"type":"t","data":{"rows":5}})");
}

TEST_F(HubTest, ATopicCanBeNamedWhenTheConnectionIsOpened) {
  const auto connection = std::make_shared<FakeConnection>();
  const auto handler = hub_.Accept({}, {"run:1", "tenant:other"});
  handler->OnOpen(connection);
  EXPECT_EQ(connection->Next("subscribed").at("topic"), "run:1");
  EXPECT_EQ(connection->Next("error").at("topic"), "tenant:other");
}

TEST_F(HubTest, AForeignTopicIsRefused) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"tenant:other"})");
  EXPECT_EQ(peer.connection->Next("error").at("code"), "MIQ-API-003");
  Publish("tenant:other", "1");
  peer.Say(R"({"do":"ping"})");
  peer.connection->Next("pong");
  EXPECT_EQ(peer.connection->count(), 2U);
}

TEST_F(HubTest, WhoComesBackGetsWhatItMissed) {
  for (int index = 1; index <= 3; ++index) Publish("run:1", std::to_string(index));
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1","since":1})");
  EXPECT_EQ(peer.connection->Next("event").at("sequence"), 2);
  EXPECT_EQ(peer.connection->Next("event").at("sequence"), 3);
  EXPECT_EQ(peer.connection->Next("subscribed").at("sequence"), 3);
}

TEST_F(HubTest, WhoIsTooFarBackIsToldToLoadAgain) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1","since":7})");
  EXPECT_EQ(peer.connection->Next("resync").at("topic"), "run:1");
}

TEST_F(HubTest, ProgressIsCoalescedToTheNewest) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1"})");
  peer.connection->Next("subscribed");
  for (int index = 0; index < 1000; ++index) Publish("run:1", std::to_string(index), true);
  while (peer.connection->Next("event").at("data") != 999) {}
  EXPECT_LT(peer.connection->count(), 100U);
}

TEST_F(HubTest, ProgressComesBeforeWhatHappenedAfterIt) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1"})");
  peer.connection->Next("subscribed");
  Publish("run:1", "\"all loaded\"", true);
  Publish("run:1", "\"over\"");
  EXPECT_EQ(peer.connection->Next("event").at("data"), "all loaded");
  EXPECT_EQ(peer.connection->Next("event").at("data"), "over");
}

TEST_F(HubTest, ASlowClientGetsAResyncInsteadOfUnboundedMemory) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1"})");
  peer.connection->Next("subscribed");
  peer.connection->blocked = true;
  for (int index = 0; index < 100; ++index) Publish("run:1", std::to_string(index));
  EXPECT_LE(peer.connection->count(), 6U);
  peer.connection->blocked = false;
  peer.connection->Read();
  peer.handler->OnWritten();
  EXPECT_EQ(peer.connection->Next("resync").at("topic"), "run:1");
  Publish("run:1", "\"after\"");
  EXPECT_EQ(peer.connection->Next("event").at("data"), "after");
}

TEST_F(HubTest, ARevokedRightEndsTheTopicAndASignOutTheConnection) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1"})");
  peer.connection->Next("subscribed");
  allowed_ = false;
  hub_.Recheck();
  peer.connection->Next("error");
  const size_t before = peer.connection->count();
  Publish("run:1", "1");
  EXPECT_EQ(peer.connection->count(), before);
  signed_in_ = false;
  hub_.Recheck();
  for (int turn = 0; turn < 500 && peer.connection->closed == 0; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(peer.connection->closed, 4401);
}

TEST_F(HubTest, TheEndOfASessionIsNoticedAtOnce) {
  const Peer peer = Join();
  signed_in_ = false;
  ASSERT_TRUE(bus_->Publish({.topic = "user:anna", .type = kSessionEnded, .data = "{}"}));
  for (int turn = 0; turn < 500 && peer.connection->closed == 0; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_EQ(peer.connection->closed, 4401);
}

TEST_F(HubTest, RightsAreThoseOfNowAndAskedOnceForAllConnectionsOfASession) {
  const std::vector<Peer> peers{Join(), Join(), Join()};
  for (const Peer& peer : peers) {
    peer.Say(R"({"do":"subscribe","topic":"run:1"})");
    peer.connection->Next("subscribed");
  }
  hub_.Recheck();
  for (int turn = 0; turn < 500 && asked_with_rights_of_now_ == 0; ++turn)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  peers[0].Say(R"({"do":"ping"})");
  peers[0].connection->Next("pong");
  EXPECT_EQ(renewed_, 1);
  EXPECT_EQ(asked_with_rights_of_now_, 1);
}

TEST_F(HubTest, AStoreThatIsAwaySignsNobodyOut) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1"})");
  peer.connection->Next("subscribed");
  store_answers_ = false;
  hub_.Recheck();
  peer.Say(R"({"do":"ping"})");
  peer.connection->Next("pong");
  EXPECT_EQ(renewed_, 1);
  EXPECT_EQ(peer.connection->closed, 0);
}

TEST_F(HubTest, WhatClientsSayDoesNotHurryProgress) {
  const Peer peer = Join();
  peer.Say(R"({"do":"subscribe","topic":"run:1"})");
  peer.connection->Next("subscribed");
  const auto begin = std::chrono::steady_clock::now();
  for (int index = 0; index < 40; ++index) {
    Publish("run:1", std::to_string(index), true);
    peer.Say(R"({"do":"ping"})");
    peer.connection->Next("pong");
  }
  Publish("run:1", "\"last\"", true);
  while (peer.connection->Next("event").at("data") != "last") {}
  const auto intervals = (std::chrono::steady_clock::now() - begin) / std::chrono::milliseconds(20);
  EXPECT_LE(peer.connection->count(), 1U + 40U + static_cast<size_t>(intervals) + 1U);
}

/// A bus as the test says.
class SaidBus : public realtime::Bus {
 public:
  Status Publish(realtime::Event event) override {
    listener(event);
    return {};
  }
  Result<std::optional<std::vector<realtime::Event>>> Since(const std::string&, int64_t) override {
    return std::vector<realtime::Event>{};
  }
  void Listen(Listener heard) override { listener = std::move(heard); }
  Listener listener;
};

class HubOverSaidBusTest : public testing::Test {
 protected:
  void SetUp() override {
    peer_->OnOpen(connection_);
    peer_->OnMessage(R"({"do":"subscribe","topic":"run:1"})");
    connection_->Next("subscribed");
  }
  void Publish(int64_t sequence, const std::string& topic = "run:1") {
    ASSERT_TRUE(bus_.Publish({.topic = topic, .sequence = sequence, .type = "t", .data = std::to_string(sequence)}));
  }

  SaidBus bus_;
  std::atomic<bool> store_away_ = false;
  Hub hub_{bus_,
           [this](const Principal&, const std::string&) -> Status {
             if (store_away_) return Fail(Error(codes::kStateOpen, "away").Retryable());
             return {};
           },
           [](const Principal& who) -> Result<Principal> { return who; }};
  std::shared_ptr<FakeConnection> connection_ = std::make_shared<FakeConnection>();
  std::shared_ptr<WebSocketHandler> peer_ = hub_.Accept({});
};

TEST_F(HubOverSaidBusTest, AfterAGapAllLoadAgainAndHearNumbersThatBeginAnew) {
  Publish(7);
  EXPECT_EQ(connection_->Next("event").at("sequence"), 7);
  Publish(0, "");
  EXPECT_EQ(connection_->Next("resync").at("topic"), "run:1");
  Publish(1);
  EXPECT_EQ(connection_->Next("event").at("sequence"), 1);
}

TEST_F(HubOverSaidBusTest, WhileTheStoreIsAwayNobodyLosesATopic) {
  store_away_ = true;
  hub_.Recheck();
  peer_->OnMessage(R"({"do":"ping"})");
  connection_->Next("pong");
  Publish(1);
  EXPECT_EQ(connection_->Next("event").at("sequence"), 1);
}

TEST_F(HubTest, PresenceReachesTheOthersAndEndsWithTheConnection) {
  const Peer one = Join("anna"), two = Join("bert");
  for (const Peer* peer : {&one, &two}) {
    peer->Say(R"({"do":"subscribe","topic":"project:1"})");
    peer->connection->Next("subscribed");
  }
  one.Say(R"({"do":"presence","topic":"project:1","state":{"field":"name"}})");
  const json::object here = two.connection->Next("event");
  EXPECT_EQ(here.at("type"), "presence:anna");
  EXPECT_EQ(here.at("data").at("state").at("field"), "name");
  one.handler->OnClose();
  EXPECT_TRUE(two.connection->Next("event").at("data").at("state").is_null());
}

TEST_F(HubTest, NonsenseIsAnsweredAndAFloodClosed) {
  const Peer peer = Join();
  for (const char* text :
       {"", "[]", "{", R"({"do":"subscribe"})", R"({"do":"fly","topic":"run:1"})", R"({"do":1,"topic":2})"}) {
    peer.Say(text);
    EXPECT_EQ(peer.connection->Next("error").at("is"), "error") << text;
  }
  for (int index = 0; index < 200; ++index) peer.Say(R"({"do":"ping"})");
  EXPECT_EQ(peer.connection->closed, 1008);
}

}  // namespace
}  // namespace migrateiq::http
