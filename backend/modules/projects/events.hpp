#pragma once

#include <boost/json/object.hpp>
#include <string>

#include "modules/core/actor.hpp"
#include "platform/realtime/bus.hpp"

namespace migrateiq::projects {

using core::Actor;

/// Compares a version with what the caller has seen (If-Match); called inside the transaction.
using VersionCheck = std::function<Status(int64_t version)>;

/// Tells the topic project:<id> what changed: plan.changed, comment.created, comment.changed, project.changed,
/// member.changed; of modules above this one analysis.removed, matching.decided, matching.removed, check.alert. After
/// the transaction; an event that cannot be sent is no failure of the change. What is of no project is not told.
class Events {
 public:
  explicit Events(realtime::Bus* bus) : bus_(bus) {}
  void Tell(const std::string& project_id, const std::string& type, const Actor& actor,
            boost::json::object data = {}) const;

 private:
  realtime::Bus* bus_;
};

}  // namespace migrateiq::projects
