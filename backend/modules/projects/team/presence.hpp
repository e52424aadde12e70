#pragma once

#include <boost/json/value.hpp>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::projects {

struct Present {
  std::string user_id, name;
  boost::json::value state;  ///< what they edit, as their client tells it
  Micros seen_at = 0;
};

/// Who is in which project: what the hubs of all processes said on the bus in the last 30 seconds. Thread-safe.
class Presence {
 public:
  explicit Presence(const Clock& clock) : clock_(clock) {}
  void Hear(const realtime::Event& event);
  std::vector<Present> In(const std::string& project_id);

 private:
  void Forget(Micros before);

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, std::map<std::string, Present>> by_topic_;  ///< topic, subject
  Micros tidied_at_ = 0;
};

}  // namespace migrateiq::projects
