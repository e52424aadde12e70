#include <algorithm>
#include <map>
#include <mutex>
#include <set>

#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "platform/queue/kinds.hpp"
#include "platform/queue/redis.hpp"

namespace migrateiq::queue {

namespace {

using redis::Reply;

constexpr const char* kGroup = "workers";

/// The message in ["id", ["body", "..."]]; nothing for a message that was removed meanwhile.
std::optional<Queue::Message> ToMessage(const Reply& entry) {
  if (entry.items.size() < 2 || entry.items[1].items.size() < 2) return std::nullopt;
  return Queue::Message{.id = entry.items[0].text, .body = entry.items[1].items[1].text, .deliveries = 1};
}

/// A stream a queue, "<prefix>:{<queue>}"; the dead letters are the stream "<prefix>:{<queue>}:dead", in the same slot
/// of a cluster. See redis.io, "Redis Streams": consumer groups, pending entries, claiming.
class RedisQueue : public Queue {
 public:
  RedisQueue(QueueOptions options, redis::Options redis) : options_(std::move(options)), client_(std::move(redis)) {}

  Status Push(const std::string& queue, const std::string& body) override {
    MIQ_TRY(EnsureGroup(queue));
    MIQ_ASSIGN(const Reply size, client_.Run(Stream(queue), {"XLEN", Stream(queue)}));
    if (static_cast<size_t>(size.integer) >= options_.max_waiting)
      return Fail(
          Error(codes::kQueueFull, std::to_string(size.integer) + " tasks wait in '" + queue + "'").Retryable());
    MIQ_TRY(client_.Run(Stream(queue), {"XADD", Stream(queue), "*", "body", body}));
    return {};
  }

  Result<std::optional<Message>> Pop(const std::string& queue, const std::string& consumer,
                                     std::chrono::milliseconds wait) override {
    auto message = PopOnce(queue, consumer, wait);
    if (!message) ForgetGroups();
    return message;
  }

  Status Acknowledge(const std::string& queue, const std::string& id) override {
    MIQ_TRY(client_.Run(Stream(queue), {"XACK", Stream(queue), kGroup, id}));
    MIQ_TRY(client_.Run(Stream(queue), {"XDEL", Stream(queue), id}));
    return {};
  }

  Status Extend(const std::string& queue, const std::string& consumer, const std::string& id) override {
    MIQ_TRY(client_.Run(Stream(queue), {"XCLAIM", Stream(queue), kGroup, consumer, "0", id, "JUSTID"}));
    return {};
  }

  Result<std::vector<Numbers>> Inspect() override {
    auto numbers = InspectOnce();
    if (!numbers) ForgetGroups();
    return numbers;
  }

  Result<std::vector<Message>> DeadLetters(const std::string& queue, size_t limit) override {
    MIQ_ASSIGN(const Reply entries,
               client_.Run(Dead(queue), {"XRANGE", Dead(queue), "-", "+", "COUNT", std::to_string(limit)}));
    std::vector<Message> letters;
    for (const Reply& entry : entries.items) {
      auto message = ToMessage(entry);
      if (!message) continue;
      message->deliveries = kMaxDeliveries;
      letters.push_back(std::move(*message));
    }
    return letters;
  }

  Status Revive(const std::string& queue, const std::string& id) override {
    MIQ_ASSIGN(const Reply entries, client_.Run(Dead(queue), {"XRANGE", Dead(queue), id, id}));
    const auto message = entries.items.empty() ? std::nullopt : ToMessage(entries.items[0]);
    if (!message) return Fail(codes::kApiNotFound, "there is no dead letter " + id);
    MIQ_TRY(Push(queue, message->body));
    MIQ_TRY(client_.Run(Dead(queue), {"XDEL", Dead(queue), id}));
    return {};
  }

  Status Ping() override {
    MIQ_TRY(client_.Run(options_.prefix, {"EXISTS", options_.prefix}));
    return {};
  }

 private:
  std::string Stream(const std::string& queue) const { return options_.prefix + ":{" + queue + "}"; }
  std::string Dead(const std::string& queue) const { return Stream(queue) + ":dead"; }

  /// After an error: Redis may have come back empty, and the groups are made again next time.
  void ForgetGroups() {
    const std::lock_guard lock(mutex_);
    known_.clear();
  }

  /// The group is made with the stream; one that exists already answers BUSYGROUP.
  Status EnsureGroup(const std::string& queue) {
    {
      const std::lock_guard lock(mutex_);
      if (known_.contains(queue)) return {};
    }
    const auto made = client_.Run(Stream(queue), {"XGROUP", "CREATE", Stream(queue), kGroup, "0", "MKSTREAM"});
    if (!made && made.error().message.find("BUSYGROUP") == std::string::npos) return std::unexpected(made.error());
    const std::lock_guard lock(mutex_);
    known_.insert(queue);
    return {};
  }

  Result<std::optional<Message>> PopOnce(const std::string& queue, const std::string& consumer,
                                         std::chrono::milliseconds wait) {
    MIQ_TRY(EnsureGroup(queue));
    MIQ_ASSIGN(std::optional<Message> overdue, ClaimOverdue(queue, consumer));
    if (overdue) return overdue;
    MIQ_ASSIGN(const Reply read,
               client_.Run(Stream(queue),
                           {"XREADGROUP", "GROUP", kGroup, consumer, "COUNT", "1", "BLOCK",
                            std::to_string(std::max<int64_t>(1, wait.count())), "STREAMS", Stream(queue), ">"},
                           wait));
    if (read.items.empty() || read.items[0].items.size() < 2 || read.items[0].items[1].items.empty())
      return std::nullopt;
    return ToMessage(read.items[0].items[1].items[0]);
  }

  Result<std::vector<Numbers>> InspectOnce() {
    std::vector<Numbers> all;
    for (const std::string& queue : KnownQueues()) {
      MIQ_ASSIGN(const Reply size, client_.Run(Stream(queue), {"XLEN", Stream(queue)}));
      MIQ_ASSIGN(const Reply pending, client_.Run(Stream(queue), {"XPENDING", Stream(queue), kGroup}));
      MIQ_ASSIGN(const Reply dead, client_.Run(Dead(queue), {"XLEN", Dead(queue)}));
      const int64_t delivered = pending.items.empty() ? 0 : pending.items[0].integer;
      all.push_back({.name = queue,
                     .waiting = std::max<int64_t>(0, size.integer - delivered),
                     .delivered = delivered,
                     .dead = dead.integer});
    }
    return all;
  }

  std::vector<std::string> KnownQueues() {
    const std::lock_guard lock(mutex_);
    return {known_.begin(), known_.end()};
  }

  /// One message whose consumer gave no sign for a lease; those that came too often become dead letters.
  Result<std::optional<Message>> ClaimOverdue(const std::string& queue, const std::string& consumer) {
    const std::string lease = std::to_string(options_.lease.count());
    for (;;) {
      MIQ_ASSIGN(const Reply pending,
                 client_.Run(Stream(queue), {"XPENDING", Stream(queue), kGroup, "IDLE", lease, "-", "+", "1"}));
      if (pending.items.empty() || pending.items[0].items.size() < 4) return std::nullopt;
      const std::string id = pending.items[0].items[0].text;
      const int64_t deliveries = pending.items[0].items[3].integer;
      MIQ_ASSIGN(const Reply claimed,
                 client_.Run(Stream(queue), {"XCLAIM", Stream(queue), kGroup, consumer, lease, id}));
      if (claimed.items.empty()) continue;  // somebody else was faster
      auto message = ToMessage(claimed.items[0]);
      if (!message) {
        MIQ_TRY(Acknowledge(queue, id));
        continue;
      }
      if (deliveries < kMaxDeliveries) {
        message->deliveries = static_cast<int>(deliveries) + 1;
        return message;
      }
      MIQ_TRY(client_.Run(Dead(queue), {"XADD", Dead(queue), "*", "body", message->body}));
      MIQ_TRY(Acknowledge(queue, id));
    }
  }

  const QueueOptions options_;
  redis::Client client_;
  std::mutex mutex_;
  std::set<std::string> known_;  ///< queues whose group exists
};

}  // namespace

Result<std::unique_ptr<Queue>> MakeRedisQueue(const QueueOptions& options) {
  MIQ_ASSIGN(redis::Options redis, redis::ParseUrl(options.redis_url));
  return std::make_unique<RedisQueue>(options, std::move(redis));
}

}  // namespace migrateiq::queue
