#include <algorithm>
#include <deque>
#include <list>
#include <mutex>
#include <unordered_map>

#include "platform/realtime/bus.hpp"
#include "platform/realtime/kinds.hpp"

namespace migrateiq::realtime {

namespace {

/// All topics together keep about so many bytes; then the topic that was silent longest is forgotten.
constexpr size_t kKeptBytes = 1 << 20;

struct Topic {
  int64_t sequence = 0;
  std::deque<Event> kept;
  std::list<std::string>::iterator place;  ///< in the order of the newest events
};

/// What keeping a topic takes beside its events: its nodes, its name twice, and a deque's first block.
constexpr size_t kTopicBytes = sizeof(Topic) + 900;

size_t BytesOf(const Event& event) {
  return sizeof(Event) + event.topic.size() + event.type.size() + event.data.size();
}

class MemoryBus : public Bus {
 public:
  /// Listeners hear events in the order of their sequence numbers: they are called under the lock, and must be quick.
  Status Publish(Event event) override {
    const std::lock_guard lock(mutex_);
    if (event.ephemeral) {
      const auto known = topics_.find(event.topic);
      event.sequence = known == topics_.end() ? forgotten_ : known->second.sequence;
    } else {
      event.sequence = Keep(event);
    }
    for (const Listener& listener : listeners_) listener(event);
    return {};
  }

  Result<std::optional<std::vector<Event>>> Since(const std::string& name, int64_t sequence) override {
    const std::lock_guard lock(mutex_);
    const auto known = topics_.find(name);
    const int64_t newest = known == topics_.end() ? forgotten_ : known->second.sequence;
    std::vector<Event> events;
    if (known != topics_.end()) {
      for (const Event& event : known->second.kept) {
        if (event.sequence > sequence) events.push_back(event);
      }
    }
    return IsComplete(events, sequence, newest) ? std::optional(std::move(events)) : std::nullopt;
  }

  void Listen(Listener listener) override {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(listener));
  }

 private:
  int64_t Keep(Event& event) {
    const auto [entry, fresh] =
        topics_.try_emplace(event.topic, Topic{.sequence = forgotten_, .kept = {}, .place = {}});
    Topic& topic = entry->second;
    if (fresh) {
      topic.place = by_age_.insert(by_age_.end(), event.topic);
      kept_bytes_ += kTopicBytes;
    }
    by_age_.splice(by_age_.end(), by_age_, topic.place);
    event.sequence = ++topic.sequence;
    topic.kept.push_back(event);
    kept_bytes_ += BytesOf(event);
    if (topic.kept.size() > kKeptPerTopic) {
      kept_bytes_ -= BytesOf(topic.kept.front());
      topic.kept.pop_front();
    }
    while (kept_bytes_ > kKeptBytes && topics_.size() > 1) ForgetOldest();
    return event.sequence;
  }

  /// Topics that come (back) later count on from the highest number forgotten: nobody takes new events for old ones.
  void ForgetOldest() {
    const auto oldest = topics_.find(by_age_.front());
    forgotten_ = std::max(forgotten_, oldest->second.sequence);
    for (const Event& event : oldest->second.kept) kept_bytes_ -= BytesOf(event);
    kept_bytes_ -= kTopicBytes;
    topics_.erase(oldest);
    by_age_.pop_front();
  }

  std::mutex mutex_;
  std::unordered_map<std::string, Topic> topics_;
  std::list<std::string> by_age_;  ///< the one silent longest first
  size_t kept_bytes_ = 0;          ///< of all topics
  int64_t forgotten_ = 0;          ///< the highest sequence number of the topics forgotten
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
