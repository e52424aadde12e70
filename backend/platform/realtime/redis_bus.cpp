#include <boost/json.hpp>
#include <charconv>
#include <mutex>

#include "base/json_text.hpp"
#include "platform/queue/redis.hpp"
#include "platform/realtime/kinds.hpp"

namespace migrateiq::realtime {

namespace {

namespace json = boost::json;

/// Number, history and announcement in one step, so that all processes hear events in the order of their numbers.
/// KEYS[1] = the topic's stream; the stream's entry ids are the sequence numbers.
constexpr const char* kPublish = R"(
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)
local sequence = 0
if #last > 0 then sequence = tonumber(string.match(last[1][1], '^(%d+)')) end
if ARGV[5] == '0' then
  sequence = sequence + 1
  redis.call('XADD', KEYS[1], 'MAXLEN', ARGV[6], sequence .. '-0', 'type', ARGV[3], 'data', ARGV[4])
  redis.call('EXPIRE', KEYS[1], 604800)
end
redis.call('PUBLISH', ARGV[1], cjson.encode({ARGV[2], sequence, ARGV[3], ARGV[4], ARGV[5]}))
return sequence
)";

class RedisBus : public Bus {
 public:
  RedisBus(const redis::Options& options, std::string prefix)
      : prefix_(std::move(prefix)),
        client_(options),
        subscriber_(
            options, Channel(), [this](const std::string& text) { Hear(text); }, [this] { Tell({}); }) {}

  Status Publish(Event event) override {
    MIQ_TRY(client_.RunScript(
        Stream(event.topic), kPublish,
        {Channel(), event.topic, event.type, event.data, event.ephemeral ? "1" : "0", std::to_string(kKeptPerTopic)}));
    return {};
  }

  Result<std::optional<std::vector<Event>>> Since(const std::string& topic, int64_t sequence) override {
    MIQ_ASSIGN(const redis::Reply last,
               client_.Run(Stream(topic), {"XREVRANGE", Stream(topic), "+", "-", "COUNT", "1"}));
    const int64_t newest = last.items.empty() ? 0 : Sequence(last.items[0].items[0].text);
    if (newest < sequence) return std::nullopt;
    MIQ_ASSIGN(
        const redis::Reply entries,
        client_.Run(Stream(topic), {"XRANGE", Stream(topic), std::to_string(sequence + 1), std::to_string(newest)}));
    std::vector<Event> events;
    for (const redis::Reply& entry : entries.items) {
      const auto& fields = entry.items.at(1).items;
      events.push_back({.topic = topic,
                        .sequence = Sequence(entry.items[0].text),
                        .type = fields.at(1).text,
                        .data = fields.at(3).text});
    }
    return IsComplete(events, sequence, newest) ? std::optional(std::move(events)) : std::nullopt;
  }

  void Listen(Listener listener) override {
    const std::lock_guard lock(mutex_);
    listeners_.push_back(std::move(listener));
  }

 private:
  std::string Channel() const { return prefix_ + ":events"; }
  std::string Stream(const std::string& topic) const { return prefix_ + ":{" + topic + "}:events"; }

  static int64_t Sequence(const std::string& id) {
    int64_t number = 0;
    std::from_chars(id.data(), id.data() + id.size(), number);
    return number;
  }

  void Hear(const std::string& text) {
    boost::system::error_code error;
    const json::value value = json::parse(text, error);
    if (error || !value.is_array() || value.get_array().size() != 5) return;  // not ours
    const json::array& parts = value.get_array();
    if (!parts[0].is_string() || !parts[1].is_number() || !parts[2].is_string() || !parts[3].is_string() ||
        !parts[4].is_string())
      return;
    Tell({.topic = std::string(parts[0].get_string()),
          .sequence = parts[1].to_number<int64_t>(),
          .type = std::string(parts[2].get_string()),
          .data = std::string(parts[3].get_string()),
          .ephemeral = parts[4].get_string() == "1"});
  }

  void Tell(const Event& event) {
    const std::lock_guard lock(mutex_);
    for (const Listener& listener : listeners_) listener(event);
  }

  const std::string prefix_;
  redis::Client client_;
  std::mutex mutex_;
  std::vector<Listener> listeners_;
  redis::Subscriber subscriber_;  ///< last: its thread uses the others
};

}  // namespace

Result<std::unique_ptr<Bus>> MakeRedisBus(const std::string& redis_url, const std::string& prefix) {
  MIQ_ASSIGN(const redis::Options options, redis::ParseUrl(redis_url));
  return std::make_unique<RedisBus>(options, prefix);
}

}  // namespace migrateiq::realtime
