#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/cursor.hpp"
#include "modules/projects/events.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::projects {

/// Somebody whom a comment calls by name.
struct Mention {
  std::string user_id, name;
};

struct CommentRow {
  std::string comment_id, project_id;
  std::optional<std::string> plan_id;
  std::string field;  ///< JSON pointer into the plan, or empty
  std::optional<std::string> parent_id;
  std::string author_id, author, text;
  int64_t version = 1;
  Micros created_at = 0;
  std::optional<Micros> edited_at;
  bool deleted = false;
  std::vector<Mention> mentions;
  std::optional<Micros> resolved_at;  ///< of a thread's first comment: nothing while it is open
  std::optional<std::string> resolved_by_name;
};

struct NewComment {
  std::optional<std::string> plan_id, parent_id;
  std::string field, text;
  std::vector<std::string> mentions;  ///< ids of users
};

/// What is given changes.
struct CommentChange {
  std::optional<std::string> text;                   ///< only by who wrote it
  std::optional<std::vector<std::string>> mentions;  ///< with the text; without: none
  std::optional<bool> resolved;                      ///< of a thread's first comment, by whoever may comment
};

struct CommentFilter {
  std::string plan_id, field, parent_id;  ///< empty: all
};

/// Threads on a project, a plan or a field of a plan. An answer belongs to the thread's first comment. Everybody
/// changes and deletes their own; a deleted comment leaves its place. Who is mentioned, and may see the project, is
/// told once. Thread-safe.
class Comments {
 public:
  Comments(store::Store& store, const Events& events, const Clock& clock)
      : store_(store), events_(events), clock_(clock) {}

  Result<std::vector<CommentRow>> List(const std::string& tenant_id, const std::string& project_id,
                                       const CommentFilter& filter, const core::PageRequest& page);
  Result<CommentRow> Get(const std::string& tenant_id, const std::string& project_id, const std::string& comment_id);
  /// Who may be mentioned: whoever may sign in and see the project, by name.
  Result<std::vector<Mention>> People(const std::string& tenant_id, const std::string& project_id);
  /// Errors: kApiField when plan or parent are not of the project, or somebody mentioned may not see it.
  Result<CommentRow> Write(const Actor& actor, const std::string& project_id, const NewComment& wanted);
  /// Errors: kApiForbidden for texts of others, kApiState for deleted comments, kApiField at /resolved for answers.
  Result<CommentRow> Change(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                            const CommentChange& change, const VersionCheck& check);
  Status Delete(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                const VersionCheck& check);

 private:
  /// The comment that may be changed. Errors: those of Change.
  Result<CommentRow> Require(store::Session& session, const Actor& actor, const std::string& project_id,
                             const std::string& comment_id, const VersionCheck& check);
  Status ChangeText(store::Session& session, const Actor& actor, const CommentRow& row, const std::string& text,
                    const std::vector<std::string>& mentions);
  Status Resolve(store::Session& session, const Actor& actor, const CommentRow& row, bool resolved);

  store::Store& store_;
  const Events& events_;
  const Clock& clock_;
};

}  // namespace migrateiq::projects
