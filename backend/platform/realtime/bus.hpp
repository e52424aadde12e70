#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/error.hpp"

namespace migrateiq::realtime {

/// An event of a topic ("run:<id>", "project:<id>", "tenant:<id>", "user:<id>"). `sequence` counts per topic from 1.
struct Event {
  std::string topic;
  int64_t sequence = 0;    ///< given by Publish
  std::string type;        ///< "run.progress", "run.event", "comment.created", "presence" ...
  std::string data;        ///< a JSON document
  bool ephemeral = false;  ///< presence and progress: only the newest matters, coalesced by (topic, type)
};

/// Carries events to the hubs of all processes: in memory, or over Redis pub/sub with a short history (a stream capped
/// at 1,000 per topic) so that clients can resume. Thread-safe; Publish never blocks on slow readers.
class Bus {
 public:
  virtual ~Bus() = default;
  virtual Status Publish(Event event) = 0;
  /// Events after `sequence` that are still kept; nothing when some of them are gone (the client must reload).
  virtual Result<std::optional<std::vector<Event>>> Since(const std::string& topic, int64_t sequence) = 0;
  /// Must be quick, and must not publish. An event without a topic says that some may have been missed, and that the
  /// numbers may have begun anew.
  using Listener = std::function<void(const Event&)>;
  virtual void Listen(Listener listener) = 0;  ///< all topics; called on the bus's thread
};
/// `redis_url` empty: inside this process.
Result<std::unique_ptr<Bus>> OpenBus(const std::string& redis_url, const std::string& prefix);

}  // namespace migrateiq::realtime
