#include "modules/projects/team/comments.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/id_cursor.hpp"
#include "modules/projects/project_store.hpp"
#include "modules/projects/team/mentions.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

constexpr const char* kSelect =
    "SELECT comment_id, project_id, plan_id, field, parent_id, author_id, author, body, version, created_at, "
    "edited_at, "
    "deleted, mentions, resolved_at, resolved_by_name FROM project_comment WHERE tenant_id = $1 AND project_id = $2 ";

CommentRow Read(const store::Row& row) {
  CommentRow found;
  found.comment_id = row.Text(0);
  found.project_id = row.Text(1);
  found.plan_id = row.OptionalText(2);
  found.field = row.Text(3);
  found.parent_id = row.OptionalText(4);
  found.author_id = row.Text(5);
  found.author = row.Text(6);
  found.text = row.Text(7);
  found.version = row.Integer(8);
  found.created_at = row.Integer(9);
  found.edited_at = row.OptionalInteger(10);
  found.deleted = row.Boolean(11);
  found.mentions = ParseMentions(row.Text(12));
  found.resolved_at = row.OptionalInteger(13);
  found.resolved_by_name = row.OptionalText(14);
  return found;
}

Result<CommentRow> Find(Session& session, const std::string& tenant_id, const std::string& project_id,
                        const std::string& comment_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query(std::string(kSelect) + "AND comment_id = $3", tenant_id, project_id, comment_id));
  if (rows.empty()) return Fail(codes::kApiNotFound, "there is no such comment");
  return Read(rows[0]);
}

Status CheckPlan(Session& session, const std::string& tenant_id, const std::string& project_id,
                 const std::string& plan_id) {
  MIQ_ASSIGN(const store::Rows rows,
             session.Query("SELECT 1 FROM plan WHERE tenant_id = $1 AND project_id = $2 AND plan_id = $3", tenant_id,
                           project_id, plan_id));
  if (!rows.empty()) return {};
  return Fail(Error(codes::kApiField, "the project has no such plan").At("/plan_id"));
}

/// Where the new comment stands: on the plan and field of its thread, if it answers.
Result<NewComment> Placed(Session& session, const std::string& tenant_id, const std::string& project_id,
                          NewComment wanted) {
  if (wanted.parent_id) {
    const auto parent = Find(session, tenant_id, project_id, *wanted.parent_id);
    if (!parent) return Fail(Error(codes::kApiField, "the project has no such comment").At("/parent_id"));
    wanted.parent_id = parent->parent_id.value_or(parent->comment_id);
    wanted.plan_id = parent->plan_id;
    wanted.field = parent->field;
  }
  if (wanted.plan_id) MIQ_TRY(CheckPlan(session, tenant_id, project_id, *wanted.plan_id));
  return wanted;
}

Status Insert(Session& session, const Actor& actor, const std::string& comment_id, const std::string& project_id,
              const NewComment& comment, const std::string& mentions, Micros now) {
  MIQ_TRY(
      session.Execute("INSERT INTO project_comment (comment_id, tenant_id, project_id, plan_id, field, parent_id, "
                      "author_id, author, body, version, created_at, deleted, mentions) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, 0, $11)",
                      comment_id, actor.tenant_id, project_id, comment.plan_id, comment.field, comment.parent_id,
                      actor.id, actor.name, comment.text, now, mentions));
  return {};
}

boost::json::object DataOf(const CommentRow& row, const char* change) {
  boost::json::object data{{"comment_id", row.comment_id}, {"change", change}, {"field", row.field}};
  if (row.plan_id) data["plan_id"] = *row.plan_id;
  if (row.parent_id) data["parent_id"] = *row.parent_id;
  return data;
}

}  // namespace

Result<std::vector<CommentRow>> Comments::List(const std::string& tenant_id, const std::string& project_id,
                                               const CommentFilter& filter, const core::PageRequest& page) {
  using Rows = std::vector<CommentRow>;
  MIQ_ASSIGN(const std::string after, core::IdAfter(page.cursor));
  return store_.ReadFor<Rows>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<Rows> {
    MIQ_TRY(RequireProject(session, tenant_id, project_id));
    MIQ_ASSIGN(
        const store::Rows rows,
        session.Query(std::string(kSelect) +
                          "AND comment_id > $3 AND ($4 = '' OR plan_id = $4) AND ($5 = '' OR field = $5) AND "
                          "($6 = '' OR parent_id = $6 OR comment_id = $6) ORDER BY comment_id LIMIT $7",
                      tenant_id, project_id, after, filter.plan_id, filter.field, filter.parent_id, page.limit + 1));
    Rows comments;
    for (const store::Row& row : rows) comments.push_back(Read(row));
    return comments;
  });
}

Result<CommentRow> Comments::Get(const std::string& tenant_id, const std::string& project_id,
                                 const std::string& comment_id) {
  return store_.ReadFor<CommentRow>(Scope::Tenant(tenant_id),
                                    [&](Session& session) { return Find(session, tenant_id, project_id, comment_id); });
}

Result<std::vector<Mention>> Comments::People(const std::string& tenant_id, const std::string& project_id) {
  using People = std::vector<Mention>;
  return store_.ReadFor<People>(Scope::Tenant(tenant_id), [&](Session& session) -> Result<People> {
    MIQ_TRY(RequireProject(session, tenant_id, project_id));
    return PeopleOf(session, tenant_id, project_id);
  });
}

Result<CommentRow> Comments::Write(const Actor& actor, const std::string& project_id, const NewComment& wanted) {
  const std::string comment_id = NewId();
  MIQ_ASSIGN(
      const CommentRow written,
      store_.WriteFor<CommentRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<CommentRow> {
        MIQ_TRY(RequireEditable(session, actor.tenant_id, project_id));
        MIQ_ASSIGN(const NewComment comment, Placed(session, actor.tenant_id, project_id, wanted));
        MIQ_ASSIGN(const auto mentioned, FindMentioned(session, actor.tenant_id, project_id, comment.mentions));
        MIQ_TRY(Insert(session, actor, comment_id, project_id, comment, MentionsText(mentioned), clock_.Now()));
        MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("comment.created", "comment", comment_id)));
        MIQ_ASSIGN(CommentRow row, Find(session, actor.tenant_id, project_id, comment_id));
        MIQ_TRY(TellMentioned(session, actor, row, {}, clock_.Now()));
        return row;
      }));
  events_.Tell(project_id, "comment.created", actor, DataOf(written, "created"));
  return written;
}

Result<CommentRow> Comments::Require(Session& session, const Actor& actor, const std::string& project_id,
                                     const std::string& comment_id, const VersionCheck& check) {
  MIQ_TRY(RequireEditable(session, actor.tenant_id, project_id));
  MIQ_ASSIGN(CommentRow row, Find(session, actor.tenant_id, project_id, comment_id));
  MIQ_TRY(check(row.version));
  return row;
}

Status Comments::ChangeText(Session& session, const Actor& actor, const CommentRow& row, const std::string& text,
                            const std::vector<std::string>& mentions) {
  if (row.author_id != actor.id) return Fail(codes::kApiForbidden, "only who wrote a comment changes or deletes it");
  if (row.deleted) return Fail(codes::kApiState, "the comment was deleted");
  MIQ_ASSIGN(const auto mentioned, FindMentioned(session, actor.tenant_id, row.project_id, mentions));
  MIQ_TRY(
      session.Execute("UPDATE project_comment SET body = $3, deleted = $4, edited_at = $5, mentions = $6, "
                      "version = version + 1 WHERE tenant_id = $1 AND comment_id = $2",
                      actor.tenant_id, row.comment_id, text, text.empty(), clock_.Now(), MentionsText(mentioned)));
  const char* const action = text.empty() ? "comment.deleted" : "comment.changed";
  return core::AppendAudit(session, actor.tenant_id, actor.Entry(action, "comment", row.comment_id));
}

Status Comments::Resolve(Session& session, const Actor& actor, const CommentRow& row, bool resolved) {
  if (row.parent_id)
    return Fail(Error(codes::kApiField, "a thread is resolved by its first comment, not by an answer").At("/resolved"));
  if (resolved == row.resolved_at.has_value()) return {};
  const auto at = resolved ? std::optional(clock_.Now()) : std::nullopt;
  const auto by = resolved ? std::optional(actor.name) : std::nullopt;
  MIQ_TRY(
      session.Execute("UPDATE project_comment SET resolved_at = $3, resolved_by_name = $4, version = version + 1 "
                      "WHERE tenant_id = $1 AND comment_id = $2",
                      actor.tenant_id, row.comment_id, at, by));
  const char* const action = resolved ? "comment.resolved" : "comment.reopened";
  return core::AppendAudit(session, actor.tenant_id, actor.Entry(action, "comment", row.comment_id));
}

Result<CommentRow> Comments::Change(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                                    const CommentChange& change, const VersionCheck& check) {
  MIQ_ASSIGN(const CommentRow row,
             store_.WriteFor<CommentRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<CommentRow> {
               MIQ_ASSIGN(const CommentRow before, Require(session, actor, project_id, comment_id, check));
               if (change.text)
                 MIQ_TRY(ChangeText(session, actor, before, *change.text,
                                    change.mentions.value_or(std::vector<std::string>())));
               if (change.resolved) MIQ_TRY(Resolve(session, actor, before, *change.resolved));
               MIQ_ASSIGN(CommentRow after, Find(session, actor.tenant_id, project_id, comment_id));
               MIQ_TRY(TellMentioned(session, actor, after, before.mentions, clock_.Now()));
               return after;
             }));
  events_.Tell(project_id, "comment.changed", actor, DataOf(row, change.text ? "edited" : "resolved"));
  return row;
}

Status Comments::Delete(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                        const VersionCheck& check) {
  MIQ_ASSIGN(const CommentRow row,
             store_.WriteFor<CommentRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<CommentRow> {
               MIQ_ASSIGN(const CommentRow before, Require(session, actor, project_id, comment_id, check));
               MIQ_TRY(ChangeText(session, actor, before, "", {}));
               return Find(session, actor.tenant_id, project_id, comment_id);
             }));
  events_.Tell(project_id, "comment.changed", actor, DataOf(row, "deleted"));
  return {};
}

}  // namespace migrateiq::projects
