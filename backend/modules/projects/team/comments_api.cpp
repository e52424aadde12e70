#include "base/errors/api.hpp"
#include "modules/core/id_page.hpp"
#include "modules/projects/api_support.hpp"
#include "modules/projects/files/csv_guard.hpp"
#include "modules/projects/project_services.hpp"
#include "modules/projects/routes.hpp"

namespace migrateiq::projects {

namespace {

struct MentionView {
  std::string user_id, name;
};
BOOST_DESCRIBE_STRUCT(MentionView, (), (user_id, name))

struct PeopleList {
  std::vector<MentionView> items;
};
BOOST_DESCRIBE_STRUCT(PeopleList, (), (items))

struct CommentView {
  std::string comment_id, project_id;
  std::optional<std::string> plan_id, parent_id;
  std::string field, author_id, author, text;
  bool deleted = false;
  Moment created_at;
  std::optional<Moment> edited_at;
  std::vector<MentionView> mentions;
  std::optional<Moment> resolved_at;  ///< of a thread's first comment; absent while it is open
  std::optional<std::string> resolved_by_name;
  int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(CommentView, (),
                      (comment_id, project_id, plan_id, parent_id, field, author_id, author, text, deleted, created_at,
                       edited_at, mentions, resolved_at, resolved_by_name, version))

using CommentText = Text<1, 10000>;
using UserIds = std::vector<Text<1, 64>>;
constexpr size_t kMostMentions = 20;

struct WriteComment {
  CommentText text;
  std::optional<Text<1, 64>> plan_id, parent_id;
  std::optional<Text<0, 500>> field;
  std::optional<UserIds> mentions;  ///< ids of users whom the text calls by name; they are told
};
BOOST_DESCRIBE_STRUCT(WriteComment, (), (text, plan_id, parent_id, field, mentions))

struct ChangeComment {
  std::optional<CommentText> text;
  std::optional<UserIds> mentions;  ///< with the text; absent: nobody
  std::optional<bool> resolved;     ///< of a thread's first comment
};
BOOST_DESCRIBE_STRUCT(ChangeComment, (), (text, mentions, resolved))

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
  for (const Mention& one : row.mentions) view.mentions.push_back({one.user_id, one.name});
  if (row.resolved_at) view.resolved_at = Moment{*row.resolved_at};
  view.resolved_by_name = row.resolved_by_name;
  return view;
}

Result<std::vector<std::string>> IdsOf(const std::optional<UserIds>& given) {
  std::vector<std::string> ids;
  if (given) ids.assign(given->begin(), given->end());
  if (ids.size() <= kMostMentions) return ids;
  return Fail(Error(codes::kApiField, "at most " + std::to_string(kMostMentions) + " people").At("/mentions"));
}

Result<CommentChange> ChangeOf(const ChangeComment& body) {
  if (!body.text && !body.resolved)
    return Fail(Error(codes::kApiField, "give a text, or say whether the thread is resolved").At("/text"));
  if (body.mentions && !body.text)
    return Fail(Error(codes::kApiField, "people are mentioned by the text: send both").At("/mentions"));
  CommentChange change{.resolved = body.resolved};
  if (body.text) change.text = *body.text;
  MIQ_ASSIGN(change.mentions, IdsOf(body.mentions));
  return change;
}

http::Route OneComment(Method method, std::string name, std::string permission, std::string summary) {
  return ProjectRoute(method, "projects/{project_id}/comments/{comment_id}", std::move(name), std::move(permission),
                      std::move(summary));
}

/// All comments of a project as CSV, for people who work on with a spreadsheet.
Status Export(ProjectServices& services, Context& context) {
  CsvText csv({"comment_id", "created_at", "author", "plan_id", "field", "parent_id", "resolved_at", "text"});
  core::PageRequest page{.limit = 200, .cursor = ""};
  while (true) {
    MIQ_ASSIGN(const auto rows,
               services.comments.List(context.principal.tenant_id, context.Path("project_id"), {}, page));
    const size_t count = std::min(rows.size(), static_cast<size_t>(page.limit));
    for (size_t i = 0; i < count; ++i) {
      const CommentRow& row = rows[i];
      csv.Add({row.comment_id, FormatTime(row.created_at), row.author, row.plan_id.value_or(""), row.field,
               row.parent_id.value_or(""), row.resolved_at ? FormatTime(*row.resolved_at) : "", row.text});
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
        return core::PageById<CommentView>(rows, page.limit, &ViewOf, &CommentRow::comment_id);
      });
  router.Add<Nothing, Nothing, CommentView>(
      OneComment(Method::kGet, "getComment", "projects.read", "One comment."),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<CommentView> {
        MIQ_ASSIGN(const CommentRow row, services.comments.Get(context.principal.tenant_id, context.Path("project_id"),
                                                               context.Path("comment_id")));
        return Versioned(context, ViewOf(row));
      });
  router.Add<Nothing, Nothing, PeopleList>(
      http::Whole(ProjectRoute(Method::kGet, "projects/{project_id}/people", "listPeople", "projects.comment",
                               "Who may see the project, by name: whom comments may mention.")),
      [&](Context& context, const Nothing&, const Nothing&) -> Result<PeopleList> {
        MIQ_ASSIGN(const auto people,
                   services.comments.People(context.principal.tenant_id, context.Path("project_id")));
        PeopleList list;
        for (const Mention& one : people) list.items.push_back({one.user_id, one.name});
        return list;
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
        MIQ_ASSIGN(wanted.mentions, IdsOf(body.mentions));
        MIQ_ASSIGN(const CommentRow row,
                   Placed(context, services.comments.Write(ActorOf(context), context.Path("project_id"), wanted)));
        return Versioned(context, ViewOf(row));
      });
  router.Add<ChangeComment, Nothing, CommentView>(
      Conditional(OneComment(Method::kPatch, "changeComment", "projects.comment",
                             "Change the text of your own comment, or resolve or reopen a thread.")),
      [&](Context& context, const ChangeComment& body, const Nothing&) -> Result<CommentView> {
        MIQ_ASSIGN(const CommentChange change, ChangeOf(body));
        MIQ_ASSIGN(const CommentRow row,
                   services.comments.Change(ActorOf(context), context.Path("project_id"), context.Path("comment_id"),
                                            change, MatchOf(context)));
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
