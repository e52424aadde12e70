#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/projects/events.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::projects {

struct TemplateRow {
  std::string template_id, name, description, text;
  bool built_in = false;
  int64_t version = 1;
  Micros created_at = 0;
};

struct TemplateEdit {
  std::optional<std::string> name, description, text;
};

/// The text with the connections put in. Errors: kApiField where one is missing.
Result<std::string> FillTemplate(const std::string& text, const std::string& source, const std::string& target);

/// Beginnings of plans: built-in ones, and the tenant's own. Thread-safe.
class Templates {
 public:
  Templates(store::Store& store, const Clock& clock) : store_(store), clock_(clock) {}
  /// Built-in ones first; not paged: a tenant has at most 200 of its own.
  Result<std::vector<TemplateRow>> List(const std::string& tenant_id);
  Result<TemplateRow> Get(const std::string& tenant_id, const std::string& template_id);
  /// Errors: kApiConflict, kApiQuota, plan errors.
  Result<TemplateRow> Create(const Actor& actor, const std::string& name, const std::string& description,
                             const std::string& text);
  /// Errors: kApiState for built-in ones.
  Result<TemplateRow> Change(const Actor& actor, const std::string& template_id, const TemplateEdit& edit,
                             const VersionCheck& check);
  Status Remove(const Actor& actor, const std::string& template_id, const VersionCheck& check);

 private:
  store::Store& store_;
  const Clock& clock_;
};

}  // namespace migrateiq::projects
