#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

struct redisContext;

namespace migrateiq::redis {

/// One answer of Redis, with its parts.
struct Reply {
  enum class Kind { kNil, kText, kInteger, kArray };
  Kind kind = Kind::kNil;
  std::string text;
  int64_t integer = 0;
  std::vector<Reply> items;
};

struct Address {
  std::string host;
  int port = 6379;
  friend auto operator<=>(const Address&, const Address&) = default;
};

struct Options {
  std::vector<Address> nodes;  ///< one server, or some nodes of a cluster
  std::string user, password;
};
/// "redis://[user:password@]host:port[,host:port...]". Errors: kSettingValue, without the password.
Result<Options> ParseUrl(const std::string& url);

/// The cluster's slot of a key: CRC16 of what stands between the first braces, or of the whole key.
int SlotOf(std::string_view key);

/// A client of one Redis or of a Redis Cluster: follows MOVED and ASK, learns the slots again when they change, opens a
/// connection anew when one is lost. Thread-safe; connections are lent from a pool a node.
/// Errors: kQueueDown, retryable.
class Client {
 public:
  /// Does not connect yet: a server that is away is an error of the first command.
  explicit Client(Options options);
  ~Client();
  /// The first argument is the command; `key` chooses the node. `wait`: how long the answer may take beyond the usual
  /// 5 seconds (blocking commands). A command may be sent twice when a connection breaks: use those that bear it.
  Result<Reply> Run(const std::string& key, const std::vector<std::string>& arguments,
                    std::chrono::milliseconds wait = std::chrono::milliseconds(0));
  /// A Lua script with one key (EVAL).
  Result<Reply> RunScript(const std::string& key, const std::string& script, const std::vector<std::string>& arguments);

 private:
  struct Free {
    void operator()(redisContext* context) const;
  };
  using Connection = std::unique_ptr<redisContext, Free>;
  struct Sent {
    Reply reply;
    std::string refusal;  ///< Redis's error text, e.g. "MOVED 1234 host:port"
  };

  Result<Connection> Connect(const Address& node) const;
  Result<Connection> Take(const Address& node);
  void Return(const Address& node, Connection connection);
  Result<Sent> Send(const Address& node, const std::vector<std::string>& arguments, std::chrono::milliseconds wait,
                    bool asking);
  Result<Sent> SendOnce(redisContext& connection, const std::vector<std::string>& arguments,
                        std::chrono::milliseconds wait);
  Address NodeOf(int slot);
  void LearnSlots();

  const Options options_;
  std::mutex mutex_;
  std::map<Address, std::vector<Connection>> idle_;
  std::map<int, Address> slot_ends_;  ///< last slot of a range -> its master; empty: no cluster, or not learnt
};

/// Listens to one channel on a thread of its own, and connects again by itself. `on_message` is called on that thread;
/// `on_gap` after each reconnection, since messages may have been missed.
class Subscriber {
 public:
  Subscriber(Options options, std::string channel, std::function<void(std::string)> on_message,
             std::function<void()> on_gap);
  ~Subscriber();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace migrateiq::redis
