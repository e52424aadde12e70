#pragma once

#include <boost/describe/enum.hpp>
#include <string>
#include <vector>

#include "modules/core/epoch.hpp"
#include "modules/projects/events.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::projects {

enum class MemberKind { user, team };
BOOST_DESCRIBE_ENUM(MemberKind, user, team)

struct MemberRow {
  std::string grant_id;
  MemberKind kind = MemberKind::user;
  std::string subject_id, name, email, role_id;
  Micros created_at = 0;
};

/// Who was granted a role in a project: users and teams. The grants are core's; nobody gives more than they have.
/// Thread-safe.
class Members {
 public:
  Members(store::Store& store, core::AccessCache& access, const Events& events, const Clock& clock)
      : store_(store), access_(access), events_(events), clock_(clock) {}

  Result<std::vector<MemberRow>> List(const std::string& tenant_id, const std::string& project_id);
  /// Errors: kApiField for what is not there, kApiForbidden. Granting twice is no error.
  Result<MemberRow> Add(const Actor& actor, const std::string& project_id, MemberKind kind,
                        const std::string& subject_id, const std::string& role_id);
  Status Remove(const Actor& actor, const std::string& project_id, const std::string& grant_id);

 private:
  store::Store& store_;
  core::AccessCache& access_;
  const Events& events_;
  const Clock& clock_;
};

}  // namespace migrateiq::projects
