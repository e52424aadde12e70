#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/core/cursor.hpp"
#include "modules/projects/events.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::projects {

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
};

struct NewComment {
  std::optional<std::string> plan_id, parent_id;
  std::string field, text;
};

struct CommentFilter {
  std::string plan_id, field, parent_id;  ///< empty: all
};

/// Threads on a project, a plan or a field of a plan. An answer belongs to the thread's first comment. Everybody
/// changes and deletes their own; a deleted comment leaves its place. Thread-safe.
class Comments {
 public:
  Comments(store::Store& store, const Events& events, const Clock& clock)
      : store_(store), events_(events), clock_(clock) {}

  Result<std::vector<CommentRow>> List(const std::string& tenant_id, const std::string& project_id,
                                       const CommentFilter& filter, const core::PageRequest& page);
  Result<CommentRow> Get(const std::string& tenant_id, const std::string& project_id, const std::string& comment_id);
  /// Errors: kApiField when plan or parent are not of the project.
  Result<CommentRow> Write(const Actor& actor, const std::string& project_id, const NewComment& wanted);
  /// Errors: kApiForbidden for those of others, kApiState for deleted ones.
  Result<CommentRow> Edit(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                          const std::string& text, const VersionCheck& check);
  Status Delete(const Actor& actor, const std::string& project_id, const std::string& comment_id,
                const VersionCheck& check);

 private:
  Result<CommentRow> Update(store::Session& session, const Actor& actor, const std::string& project_id,
                            const std::string& comment_id, const std::optional<std::string>& text,
                            const VersionCheck& check);

  store::Store& store_;
  const Events& events_;
  const Clock& clock_;
};

}  // namespace migrateiq::projects
