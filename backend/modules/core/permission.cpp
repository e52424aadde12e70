#include "modules/core/permission.hpp"

#include <algorithm>
#include <array>

#include "base/errors/api.hpp"
#include "base/nearest.hpp"

namespace migrateiq::core {

namespace {

struct Row {
  Permission permission;
  std::string_view roles;
};
constexpr Row kRows[] = {
#define MIQ_PERMISSION(name, in_project, roles, text) {{name, text, in_project}, roles},
#include "modules/core/permissions.def"
#undef MIQ_PERMISSION
};

std::vector<Permission> Permissions() {
  std::vector<Permission> all;
  for (const Row& row : kRows) all.push_back(row.permission);
  return all;
}

struct RoleText {
  char letter;
  std::string_view name, text;
};
constexpr RoleText kRoleTexts[] = {
    {'O', "owner", "Everything, the tenant's settings included"},
    {'A', "admin", "Everything but the tenant's settings"},
    {'E', "engineer", "Makes connections, projects and plans, and runs them"},
    {'P', "operator", "Runs what others planned"},
    {'V', "viewer", "Sees, and changes nothing"},
    {'U', "auditor", "Sees, and reads the audit log"},
};

std::vector<std::string_view> NamesFor(char letter) {
  std::vector<std::string_view> names;
  for (const Row& row : kRows) {
    if (row.roles.find(letter) != row.roles.npos) names.push_back(row.permission.name);
  }
  return names;
}

/// The built-in roles with the lists that they point to.
struct Roles {
  Roles() {
    for (size_t i = 0; i < std::size(kRoleTexts); ++i) {
      names[i] = NamesFor(kRoleTexts[i].letter);
      roles[i] = {kRoleTexts[i].name, kRoleTexts[i].text, names[i]};
    }
  }
  std::array<std::vector<std::string_view>, std::size(kRoleTexts)> names;
  std::array<BuiltInRole, std::size(kRoleTexts)> roles;
};

}  // namespace

std::span<const Permission> AllPermissions() {
  static const std::vector<Permission> kAll = Permissions();
  return kAll;
}

bool IsPermission(std::string_view name) {
  return std::any_of(std::begin(kRows), std::end(kRows), [&](const Row& row) { return row.permission.name == name; });
}

Status CheckPermissionNames(const std::vector<std::string>& names) {
  std::vector<std::string> known;
  for (const Row& row : kRows) known.emplace_back(row.permission.name);
  for (size_t i = 0; i < names.size(); ++i) {
    if (IsPermission(names[i])) continue;
    return Fail(Error(codes::kApiField, "there is no permission '" + names[i] + "'" + DidYouMean(names[i], known))
                    .At("/permissions/" + std::to_string(i)));
  }
  return {};
}

std::span<const BuiltInRole> BuiltInRoles() {
  static const Roles kRoles;
  return kRoles.roles;
}

}  // namespace migrateiq::core
