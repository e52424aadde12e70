#pragma once

namespace migrateiq::core {

/// Under which the server's own secrets are sealed. No tenant has this id.
inline constexpr const char* kSystemTenant = "system";
/// The first tenant; its owners operate the instance.
inline constexpr const char* kDefaultTenant = "default";

}  // namespace migrateiq::core
