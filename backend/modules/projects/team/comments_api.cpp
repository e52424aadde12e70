#include "modules/core/id_cursor.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/files/csv_guard.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct CommentView {
  std::string comment_id, project_id;
  std::optional<std::string> plan_id, parent_id;
  std::string field, author_id, author, text;
  bool deleted = false;
  Moment created_at;
  std::optional<Moment> edited_at;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CommentView, (),
                      (comment_id, project_id, plan_id, parent_id, field, author_id, author, text, deleted, created_at,
                       edited_at, version))

using CommentText = Text<1, 10000>;

struct WriteComment {
  CommentText text;
  std::optional<Text<1, 64>> plan_id, parent_id;
  std::optional<Text<0, 500>> field;
};
BOOST_DESCRIBE_STRUCT(WriteComment, (), (text, plan_id, parent_id, field))

struct ChangeComment {
  CommentText text;
};
BOOST_DESCRIBE_STRUCT(ChangeComment, (), (text))

struct ListCommentsQuery {
  std::optional<core::PageLimit> limit;
  std::optional<std::string> cursor;
  std::optional<Text<0, 64>> plan_id, parent_id;
  std::optional<Text<0, 500>> field;
};
BOOST_DESCRIBE_STRUCT(ListCommentsQuery, (), (limit, cursor, plan_id, parent_id, field))

CommentView ViewOf(const CommentRow& row) {
  CommentView view{.comment_id = row.comment_id,
                   .project_id = row.project_id,
                   .plan_id = row.plan_id,
                   .parent_id = row.parent_id,
                   .field = row.field,
                   .author_id = row.author_id,
                   .author = row.author,
                   .text = row.text,
                   .deleted = row.deleted,
                   .created_at = {row.created_at},
                   .version = row.version};
  if (row.edited_at) view.edited_at = Moment{*row.edited_at};
  return view;
}

http::Route OneComment(Method method, std::string name, std::string permission, std::string summary) {
  return ProjectRoute(method, "projects/{project_id}/comments/{comment_id}", std::move(name), std::move(permission),
                      std::move(summary));
}

/// All comments of a project as CSV, for people who work on with a spreadsheet.
Status Export(ProjectServices& services, Context& context) {
  CsvText csv({"comment_id", "created_at", "author", "plan_id", "field", "parent_id", "text"});
  core::PageRequest page{.limit = 200, .cursor = ""};
  while (true) {
    MIQ_ASSIGN(const auto rows,
               services.comments.List(context.principal.tenant_id, context.Path("project_id"), {}, page));
    const size_t count = std::min(rows.size(), static_cast<size_t>(page.limit));
    for (size_t i = 0; i < count; ++i) {
      const CommentRow& row = rows[i];
      csv.Add({row.comment_id, FormatTime(row.created_at), row.author, row.plan_id.value_or(""), row.field,
               row.parent_id.value_or(""), row.text});
    }
    if (rows.size() <= count) break;
    page.cursor = core::EncodeCursor({rows[count - 1].comment_id});
  }
  context.response.content_type = "text/csv; charset=utf-8";
  context.response.headers.Set("Content-Disposition", "attachment; filename=\"comments.csv\"");
  context.response.body = std::move(csv).Finish();
  return {};
}

void AddReading(http::Router& router, ProjectServices& services) {
  router.Add<Nothing, ListCommentsQuery, Page<CommentView>>(
      ProjectRoute(Method::kGet, "projects/{project_id}/comments", "listComments", "projects.read",
                   "Comments in the order of their making; of one plan, field or thread if asked for."),
      [&](Context& context, const Nothing&, const ListCommentsQuery& query) -> Result<Page<CommentView>> {
        const core::PageRequest page = core::PageOf(query);
        MIQ_ASSIGN(const auto rows,
                   services.comments.List(
                       context.principal.tenant_id, context.Path("project_id"),
                       {query.plan_id.value_or(""), query.field.value_or(""), query.parent_id.value_or("")}, page));
        return core::MakePage<CommentView, CommentRow>(
            rows, page.limit, ViewOf, [](const CommentRow& row) { return core::IdCursor(row.comment_id); });
      });
  router.Add<Nothing, Nothing, CommentView>(
      OneComment(Method::kGet, "getComment", "projects.read", "One comment."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<CommentView> {
        MIQ_ASSIGN(const CommentRow row, services.comments.Get(context.principal.tenant_id, context.Path("project_id"),
                                                               context.Path("comment_id")));
        return Versioned(context, ViewOf(row));
      });
  router.AddRaw(http::Answering(ProjectRoute(Method::kGet, "projects/{project_id}/comments/export", "exportComments",
                                             "projects.read", "All comments of a project as CSV."),
                                "text/csv"),
                [&](Context& context) { return Export(services, context); });
}

void AddChanging(http::Router& router, ProjectServices& services) {
  router.Add<WriteComment, Nothing, CommentView>(
      ProjectRoute(Method::kPost, "projects/{project_id}/comments", "writeComment", "projects.comment",
                   "Comment on the project, a plan, a field of a plan, or answer."),
      [&](Context& context, const WriteComment& body, const Nothing&) -> Result<CommentView> {
        NewComment wanted{.field = body.field.value_or(""), .text = body.text};
        if (body.plan_id) wanted.plan_id = *body.plan_id;
        if (body.parent_id) wanted.parent_id = *body.parent_id;
        MIQ_ASSIGN(const CommentRow row,
                   Placed(context, services.comments.Write(ActorOf(context), context.Path("project_id"), wanted)));
        return Versioned(context, ViewOf(row));
      });
  router.Add<ChangeComment, Nothing, CommentView>(
      Conditional(OneComment(Method::kPatch, "changeComment", "projects.comment", "Change your own comment.")),
      [&](Context& context, const ChangeComment& body, const Nothing&) -> Result<CommentView> {
        MIQ_ASSIGN(const CommentRow row,
                   services.comments.Edit(ActorOf(context), context.Path("project_id"), context.Path("comment_id"),
                                          body.text, MatchOf(context)));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, Nothing, Nothing>(
      Conditional(OneComment(Method::kDelete, "deleteComment", "projects.comment",
                             "Delete your own comment; its place in the thread stays.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<Nothing> {
        MIQ_TRY(services.comments.Delete(ActorOf(context), context.Path("project_id"), context.Path("comment_id"),
                                         MatchOf(context)));
        return Nothing{};
      });
}

}  // namespace

void AddCommentRoutes(http::Router& router, ProjectServices& services) {
  AddReading(router, services);
  AddChanging(router, services);
}

}  // namespace migrateiq::projects
