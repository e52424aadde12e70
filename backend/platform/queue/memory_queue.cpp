#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include "base/errors/api.hpp"
#include "base/errors/server.hpp"
#include "platform/queue/kinds.hpp"

namespace migrateiq::queue {

namespace {

using SteadyClock = std::chrono::steady_clock;

struct Pending {
  Queue::Message message;
  SteadyClock::time_point due;  ///< when it goes to somebody else
};

struct Line {
  std::deque<Queue::Message> waiting;
  std::map<std::string, Pending> pending;
  std::map<std::string, Queue::Message> dead;
};

class MemoryQueue : public Queue {
 public:
  explicit MemoryQueue(QueueOptions options) : options_(std::move(options)) {}

  Status Push(const std::string& queue, const std::string& body) override {
    {
      const std::lock_guard lock(mutex_);
      Line& line = lines_[queue];
      if (line.waiting.size() >= options_.max_waiting)
        return Fail(Error(codes::kQueueFull, std::to_string(line.waiting.size()) + " tasks wait in '" + queue + "'")
                        .Retryable());
      line.waiting.push_back({.id = std::to_string(++last_), .body = body, .deliveries = 0});
    }
    there_is_work_.notify_one();
    return {};
  }

  Result<std::optional<Message>> Pop(const std::string& queue, const std::string&,
                                     std::chrono::milliseconds wait) override {
    const auto end = SteadyClock::now() + wait;
    std::unique_lock lock(mutex_);
    Line& line = lines_[queue];
    for (;;) {
      TakeBackOverdue(line);
      if (!line.waiting.empty()) return Deliver(line);
      if (SteadyClock::now() >= end) return std::nullopt;
      there_is_work_.wait_until(lock, std::min(end, NextDue(line)));
    }
  }

  Status Acknowledge(const std::string& queue, const std::string& id) override {
    const std::lock_guard lock(mutex_);
    lines_[queue].pending.erase(id);
    return {};
  }

  Status Extend(const std::string& queue, const std::string&, const std::string& id) override {
    const std::lock_guard lock(mutex_);
    auto& pending = lines_[queue].pending;
    if (const auto found = pending.find(id); found != pending.end())
      found->second.due = SteadyClock::now() + options_.lease;
    return {};
  }

  Result<std::vector<Numbers>> Inspect() override {
    const std::lock_guard lock(mutex_);
    std::vector<Numbers> numbers;
    for (const auto& [name, line] : lines_) {
      numbers.push_back({.name = name,
                         .waiting = static_cast<int64_t>(line.waiting.size()),
                         .delivered = static_cast<int64_t>(line.pending.size()),
                         .dead = static_cast<int64_t>(line.dead.size())});
    }
    return numbers;
  }

  Result<std::vector<Message>> DeadLetters(const std::string& queue, size_t limit) override {
    const std::lock_guard lock(mutex_);
    std::vector<Message> letters;
    for (const auto& [id, message] : lines_[queue].dead) {
      if (letters.size() < limit) letters.push_back(message);
    }
    return letters;
  }

  Status Revive(const std::string& queue, const std::string& id) override {
    const std::lock_guard lock(mutex_);
    Line& line = lines_[queue];
    const auto found = line.dead.find(id);
    if (found == line.dead.end()) return Fail(codes::kApiNotFound, "there is no dead letter " + id);
    line.waiting.push_back({.id = id, .body = found->second.body, .deliveries = 0});
    line.dead.erase(found);
    there_is_work_.notify_one();
    return {};
  }

  Status Ping() override { return {}; }

 private:
  Message Deliver(Line& line) {
    Message message = std::move(line.waiting.front());
    line.waiting.pop_front();
    ++message.deliveries;
    line.pending[message.id] = {message, SteadyClock::now() + options_.lease};
    return message;
  }

  void TakeBackOverdue(Line& line) {
    const auto now = SteadyClock::now();
    for (auto entry = line.pending.begin(); entry != line.pending.end();) {
      if (entry->second.due > now) {
        ++entry;
        continue;
      }
      Message& message = entry->second.message;
      if (message.deliveries >= kMaxDeliveries) {
        line.dead[message.id] = std::move(message);
      } else {
        line.waiting.push_back(std::move(message));
      }
      entry = line.pending.erase(entry);
    }
  }

  SteadyClock::time_point NextDue(const Line& line) const {
    auto next = SteadyClock::now() + options_.lease;
    for (const auto& [id, pending] : line.pending) next = std::min(next, pending.due);
    return next;
  }

  const QueueOptions options_;
  std::mutex mutex_;
  std::condition_variable there_is_work_;
  std::map<std::string, Line> lines_;
  int64_t last_ = 0;
};

}  // namespace

std::unique_ptr<Queue> MakeMemoryQueue(const QueueOptions& options) { return std::make_unique<MemoryQueue>(options); }

Result<std::unique_ptr<Queue>> OpenQueue(const QueueOptions& options) {
  if (options.redis_url.empty()) return MakeMemoryQueue(options);
  return MakeRedisQueue(options);
}

}  // namespace migrateiq::queue
