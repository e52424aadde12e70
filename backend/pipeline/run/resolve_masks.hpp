#pragma once

#include <map>
#include <string>

#include "pipeline/run/task.hpp"

/// The masks of a plan, against the target's columns and the keys that are there.
namespace migrateiq {

/// The keys that the plan's masks name: those it carries, else from the environment where secrets are resolved.
/// Errors: kMaskKey.
Result<std::map<std::string, std::string>> ResolveMaskKeys(const Plan& plan, Secrets secrets);

/// "pii:0123456789abcdef ...": tells whether two processes have the same keys, and nothing about them.
std::string MaskKeyPrints(const std::map<std::string, std::string>& keys);

/// The mask of one column. Errors: kPlanMask, with the kinds that fit the column.
Result<OutputMask> MaskFor(const MaskUse& use, const CatalogColumn& target, const TableTask& task,
                           const std::map<std::string, std::string>& keys);

/// A kind whose results repeat cannot fill a column that is a key by itself. Errors: kPlanMask.
Status CheckDistinct(const TableMapping& mapping, const TableTask& task);

/// Columns that hold unmasked what another column of the table masks, as `manual` objects of kind "mask".
Status ListUnmasked(const TableTask& task, std::vector<ObjectReport>& objects);

}  // namespace migrateiq
