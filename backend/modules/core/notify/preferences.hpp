#pragma once

#include <boost/describe/enum.hpp>
#include <map>
#include <string>
#include <vector>

#include "modules/core/actor.hpp"
#include "modules/core/notify/notice.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::core {

/// Whose events somebody hears of: those that concern them, or those of every project that they may see.
enum class Whose { own, all };
BOOST_DESCRIBE_ENUM(Whose, own, all)

/// How one user hears of one kind of event. What was never chosen is as here.
struct Preference {
  std::string event;
  bool in_app = true, mail = false;
  Whose whose = Whose::own;
};

/// What users of the tenant chose for an event, by user.
Result<std::map<std::string, Preference>> PreferencesFor(store::Session& session, const std::string& tenant_id,
                                                         const std::string& event);

/// What people want to hear of, and how. Thread-safe.
class Preferences {
 public:
  explicit Preferences(store::Store& store) : store_(store) {}
  /// One's own, for all events.
  Result<std::vector<Preference>> List(const Actor& actor);
  /// Errors: kApiNotFound for an event that is not known.
  Result<Preference> Put(const Actor& actor, const Preference& wanted);

 private:
  store::Store& store_;
};

}  // namespace migrateiq::core
