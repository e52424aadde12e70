#include "apps/migrateiq/render_objects.hpp"

#include <vector>

#include "apps/migrateiq/render_text.hpp"

namespace migrateiq::cli {

namespace {

constexpr size_t kMostName = 40, kMostUses = 80;  ///< characters

}  // namespace

std::string ObjectsText(const Assessment& assessment) {
  if (assessment.objects.empty()) return "";
  std::vector<std::vector<std::string>> rows = {{"object", "name", "uses"}};
  for (const CatalogObject& object : assessment.objects) {
    std::string uses;
    for (const ObjectUse& use : object.uses) uses += (uses.empty() ? "" : ", ") + use.name;
    rows.push_back({object.kind, OneLine(object.name, kMostName), OneLine(uses, kMostUses)});
  }
  return Columns(rows, "") + "\n";
}

}  // namespace migrateiq::cli
