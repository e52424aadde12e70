#include "modules/projects/team/mentions.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>

#include "base/encoding.hpp"
#include "base/errors/api.hpp"
#include "modules/core/notify/notice.hpp"
#include "modules/core/standing_rights.hpp"
#include "modules/projects/project_store.hpp"

namespace migrateiq::projects {

namespace json = boost::json;
using store::Session;

namespace {

bool IsIn(const std::vector<Mention>& all, const std::string& user_id) {
  return std::ranges::find(all, user_id, &Mention::user_id) != all.end();
}

/// As a value in a query.
std::string Escaped(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~").contains(c);
    escaped += plain ? std::string(1, c) : "%" + ToHexText(std::string(1, c));
  }
  return escaped;
}

/// Where the comment is read in the web app.
std::string LinkTo(const CommentRow& row) {
  return "/projects/" + row.project_id + "?comments=" + (row.field.empty() ? "all" : Escaped(row.field));
}

}  // namespace

Result<std::vector<Mention>> PeopleOf(Session& session, const std::string& tenant_id, const std::string& project_id) {
  MIQ_ASSIGN(const auto readers, core::HoldersOf(session, tenant_id, "projects.read", project_id));
  MIQ_ASSIGN(const store::Rows rows, session.Query("SELECT user_id, name FROM user_account WHERE tenant_id = $1 AND "
                                                   "state = 'active' ORDER BY name, user_id",
                                                   tenant_id));
  std::vector<Mention> people;
  for (const store::Row& row : rows) {
    if (readers.contains(row.Text(0))) people.push_back({row.Text(0), row.Text(1)});
  }
  return people;
}

Result<std::vector<Mention>> FindMentioned(Session& session, const std::string& tenant_id,
                                           const std::string& project_id, const std::vector<std::string>& user_ids) {
  std::vector<Mention> mentioned;
  if (user_ids.empty()) return mentioned;
  MIQ_ASSIGN(const auto people, PeopleOf(session, tenant_id, project_id));
  for (const std::string& user_id : user_ids) {
    const auto person = std::ranges::find(people, user_id, &Mention::user_id);
    if (person == people.end())
      return Fail(Error(codes::kApiField, "somebody mentioned may not see the project").At("/mentions"));
    if (!IsIn(mentioned, user_id)) mentioned.push_back(*person);
  }
  return mentioned;
}

std::string MentionsText(const std::vector<Mention>& mentions) {
  json::array list;
  for (const Mention& one : mentions) list.push_back(json::object{{"user_id", one.user_id}, {"name", one.name}});
  return json::serialize(list);
}

std::vector<Mention> ParseMentions(const std::string& text) {
  std::vector<Mention> mentions;
  boost::system::error_code error;
  const json::value list = json::parse(text, error);
  if (error || !list.is_array()) return mentions;
  const auto text_of = [](const json::value& one, const char* name) { return std::string(one.at(name).as_string()); };
  for (const json::value& one : list.get_array()) mentions.push_back({text_of(one, "user_id"), text_of(one, "name")});
  return mentions;
}

Status TellMentioned(Session& session, const Actor& actor, const CommentRow& row, const std::vector<Mention>& before,
                     Micros now) {
  std::vector<std::string> fresh;
  std::string names;
  for (const Mention& one : row.mentions) {
    if (one.user_id == actor.user_id || IsIn(before, one.user_id)) continue;
    fresh.push_back(one.user_id);
    names += (names.empty() ? "" : ", ") + one.name;
  }
  if (fresh.empty()) return {};
  MIQ_ASSIGN(const ProjectRow project, RequireProject(session, actor.tenant_id, row.project_id));
  return core::PutNotice(
      session, actor.tenant_id,
      {.event = "comment.mention",
       .title = actor.name + " mentioned " + names + " in " + project.name,
       .text = row.field.empty() ? "In a comment on the project." : "In a comment on " + row.field + ".",
       .link = LinkTo(row),
       .user_ids = fresh,
       .project_id = row.project_id},
      now);
}

}  // namespace migrateiq::projects
