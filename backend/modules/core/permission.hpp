#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"

namespace migrateiq::core {

/// Everything that can be permitted, by name; roles are sets of these. `in_project`: may be granted for one project.
struct Permission {
  std::string_view name, text;
  bool in_project;
};
std::span<const Permission> AllPermissions();
bool IsPermission(std::string_view name);
/// Errors: kApiField at /permissions, with the nearest name.
Status CheckPermissionNames(const std::vector<std::string>& names);

/// owner, admin, engineer, operator, viewer, auditor.
struct BuiltInRole {
  std::string_view name, text;
  std::span<const std::string_view> permissions;
};
std::span<const BuiltInRole> BuiltInRoles();

}  // namespace migrateiq::core
