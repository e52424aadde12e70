#pragma once

#include <set>
#include <string>

#include "base/error.hpp"
#include "platform/store/store.hpp"

/// What somebody may do who is not here to ask: as it stands in the store now.
namespace migrateiq::core {

/// The users who hold a permission in the tenant or by a grant in the project.
Result<std::set<std::string>> HoldersOf(store::Session& session, const std::string& tenant_id,
                                        const std::string& permission, const std::string& project_id);

/// The user that an id of a user or API key stands for; empty when there is none.
Result<std::string> PersonBehind(store::Session& session, const std::string& tenant_id, const std::string& subject_id);

/// May they still, whoever the user or API key stands for? Errors: kApiForbidden.
Status RequireStillMay(store::Session& session, const std::string& tenant_id, const std::string& subject_id,
                       const std::string& permission, const std::string& project_id);

}  // namespace migrateiq::core
