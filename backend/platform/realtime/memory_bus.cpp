#include <deque>
#include <map>
#include <mutex>

#include "platform/realtime/bus.hpp"
#include "platform/realtime/kinds.hpp"

namespace migrateiq::realtime {

namespace {

struct Topic {
  int64_t sequence = 0;
  std::deque<Event> kept;
};

class MemoryBus : public Bus {
 public:
  /// Listeners hear events in the order of their sequence numbers: they are called under the lock, and must be quick.
  Status Publish(Event event) override {
    const std::lock_guard lock(mutex_);
    Topic& topic = topics_[event.topic];
    event.sequence = event.ephemeral ? topic.sequence : ++topic.sequence;
    if (!event.ephemeral) {
      topic.kept.push_back(event);
      if (topic.kept.size() > kKeptPerTopic) topic.kept.pop_front();
    }
    for (const Listener& listener : listeners_) listener(event);
    return {};
  }

  Result<std::optional<std::vector<Event>>> Since(const std::string& name, int64_t sequence) override {
    const std::lock_guard lock(mutex_);
    const Topic& topic = topics_[name];
    std::vector<Event> events;
    for (const Event& event : topic.kept) {
      if (event.sequence > sequence) events.push_back(event);
    }
    return IsComplete(events, sequence, topic.sequence) ? std::optional(std::move(events)) : std::nullopt;
  }

  void Listen(Listener listener) override {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(listener));
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Topic> topics_;
  std::vector<Listener> listeners_;
};

}  // namespace

bool IsComplete(const std::vector<Event>& events, int64_t after, int64_t newest) {
  return newest >= after && static_cast<int64_t>(events.size()) == newest - after;
}

std::unique_ptr<Bus> MakeMemoryBus() { return std::make_unique<MemoryBus>(); }

Result<std::unique_ptr<Bus>> OpenBus(const std::string& redis_url, const std::string& prefix) {
  if (redis_url.empty()) return MakeMemoryBus();
  return MakeRedisBus(redis_url, prefix);
}

}  // namespace migrateiq::realtime
