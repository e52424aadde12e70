#pragma once

#include <span>
#include <string_view>

namespace migrateiq::core {

/// Everything that can be permitted, by name; roles are sets of these. `in_project`: may be granted for one project.
struct Permission {
  std::string_view name, text;
  bool in_project;
};
std::span<const Permission> AllPermissions();
bool IsPermission(std::string_view name);

/// owner, admin, engineer, operator, viewer, auditor.
struct BuiltInRole {
  std::string_view name, text;
  std::span<const std::string_view> permissions;
};
std::span<const BuiltInRole> BuiltInRoles();

}  // namespace migrateiq::core
