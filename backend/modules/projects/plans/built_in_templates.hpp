#pragma once

#include <span>
#include <string_view>

namespace migrateiq::projects {

/// A beginning for a plan that everybody has. In the text `{{source}}` and `{{target}}` stand for connections.
struct BuiltInTemplate {
  std::string_view template_id, name, description, text;
};
std::span<const BuiltInTemplate> BuiltInTemplates();

}  // namespace migrateiq::projects
