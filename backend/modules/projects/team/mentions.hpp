#pragma once

#include <string>
#include <vector>

#include "modules/projects/events.hpp"
#include "modules/projects/team/comments.hpp"
#include "platform/store/store.hpp"

/// Whom comments call by name.
namespace migrateiq::projects {

/// Who may sign in and see the project, by name.
Result<std::vector<Mention>> PeopleOf(store::Session& session, const std::string& tenant_id,
                                      const std::string& project_id);
/// These users, each once, in this order. Errors: kApiField at /mentions for who may not see the project.
Result<std::vector<Mention>> FindMentioned(store::Session& session, const std::string& tenant_id,
                                           const std::string& project_id, const std::vector<std::string>& user_ids);

/// As the store keeps them.
std::string MentionsText(const std::vector<Mention>& mentions);
std::vector<Mention> ParseMentions(const std::string& text);

/// Puts a notice for who is mentioned in `row` and was not in `before`; nobody is told of what they wrote themselves.
Status TellMentioned(store::Session& session, const Actor& actor, const CommentRow& row,
                     const std::vector<Mention>& before, Micros now);

}  // namespace migrateiq::projects
