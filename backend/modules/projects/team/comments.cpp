#include "modules/projects/team/comments.hpp"

#include "base/errors/api.hpp"
#include "base/random.hpp"
#include "modules/core/id_cursor.hpp"
#include "modules/projects/project_store.hpp"

namespace migrateiq::projects {

using store::Scope;
using store::Session;

namespace {

constexpr const char* kSelect =
    "SELECT comment_id, project_id, plan_id, field, parent_id, author_id, author, body, version, created_at, "
    "edited_at, "
    "deleted FROM project_comment WHERE tenant_id = $1 AND project_id = $2 ";

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
  return found;
}

Result<CommentRow> Require(Session& session, const std::string& tenant_id, const std::string& project_id,
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
    const auto parent = Require(session, tenant_id, project_id, *wanted.parent_id);
    if (!parent) return Fail(Error(codes::kApiField, "the project has no such comment").At("/parent_id"));
    wanted.parent_id = parent->parent_id.value_or(parent->comment_id);
    wanted.plan_id = parent->plan_id;
    wanted.field = parent->field;
  }
  if (wanted.plan_id) MIQ_TRY(CheckPlan(session, tenant_id, project_id, *wanted.plan_id));
  return wanted;
}

Status Insert(Session& session, const Actor& actor, const std::string& comment_id, const std::string& project_id,
              const NewComment& comment, Micros now) {
  MIQ_TRY(
      session.Execute("INSERT INTO project_comment (comment_id, tenant_id, project_id, plan_id, field, parent_id, "
                      "author_id, author, body, version, created_at, deleted) "
                      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10, 0)",
                      comment_id, actor.tenant_id, project_id, comment.plan_id, comment.field, comment.parent_id,
                      actor.id, actor.name, comment.text, now));
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
  return store_.ReadFor<CommentRow>(
      Scope::Tenant(tenant_id), [&](Session& session) { return Require(session, tenant_id, project_id, comment_id); });
}

Result<CommentRow> Comments::Write(const Actor& actor, const std::string& project_id, const NewComment& wanted) {
  const std::string comment_id = NewId();
  MIQ_ASSIGN(
      const CommentRow written,
      store_.WriteFor<CommentRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) -> Result<CommentRow> {
        MIQ_TRY(RequireEditable(session, actor.tenant_id, project_id));
        MIQ_ASSIGN(const NewComment comment, Placed(session, actor.tenant_id, project_id, wanted));
        MIQ_TRY(Insert(session, actor, comment_id, project_id, comment, clock_.Now()));
        MIQ_TRY(core::AppendAudit(session, actor.tenant_id, actor.Entry("comment.created", "comment", comment_id)));
        return Require(session, actor.tenant_id, project_id, comment_id);
      }));
  events_.Tell(project_id, "comment.created", actor, DataOf(written, "created"));
  return written;
}

Result<CommentRow> Comments::Update(Session& session, const Actor& actor, const std::string& project_id,
                                    const std::string& comment_id, const std::optional<std::string>& text,
                                    const VersionCheck& check) {
  MIQ_TRY(RequireEditable(session, actor.tenant_id, project_id));
  MIQ_ASSIGN(const CommentRow row, Require(session, actor.tenant_id, project_id, comment_id));
  if (row.author_id != actor.id) return Fail(codes::kApiForbidden, "only who wrote a comment changes or deletes it");
  if (row.deleted) return Fail(codes::kApiState, "the comment was deleted");
  MIQ_TRY(check(row.version));
  MIQ_TRY(
      session.Execute("UPDATE project_comment SET body = $4, deleted = $5, edited_at = $6, version = version + 1 "
                      "WHERE tenant_id = $1 AND project_id = $2 AND comment_id = $3",
                      actor.tenant_id, project_id, comment_id, text.value_or(""), !text.has_value(), clock_.Now()));
  MIQ_TRY(core::AppendAudit(session, actor.tenant_id,
                            actor.Entry(text ? "comment.changed" : "comment.deleted", "comment", comment_id)));
  return Require(session, actor.tenant_id, project_id, comment_id);
}

Result<CommentRow> Comments::Edit(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                                  const std::string& text, const VersionCheck& check) {
  MIQ_ASSIGN(const CommentRow row, store_.WriteFor<CommentRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) {
    return Update(session, actor, project_id, comment_id, text, check);
  }));
  events_.Tell(project_id, "comment.changed", actor, DataOf(row, "edited"));
  return row;
}

Status Comments::Delete(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                        const VersionCheck& check) {
  MIQ_ASSIGN(const CommentRow row, store_.WriteFor<CommentRow>(Scope::Tenant(actor.tenant_id), [&](Session& session) {
    return Update(session, actor, project_id, comment_id, std::nullopt, check);
  }));
  events_.Tell(project_id, "comment.changed", actor, DataOf(row, "deleted"));
  return {};
}

}  // namespace migrateiq::projects
