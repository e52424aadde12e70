#include <algorithm>
#include <tuple>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/names_in_code.hpp"
#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

/// Something that code can name.
struct Named {
  ObjectUse use;
  CodeName name;
  bool called = false;  ///< by a call rather than where tables are named
};

CodeName PartsOf(const std::string& name) {
  CodeName parts(1);
  for (const char c : Lower(name.substr(0, name.find('(')))) {
    if (c == '.')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  return parts;
}

bool IsRelation(const std::string& kind) { return kind.ends_with("view") || kind == "foreign table"; }
bool IsCalled(const std::string& kind) { return kind == "routine"; }
/// Their tables stand after ON.
bool IsOnTable(const std::string& kind) { return !IsRelation(kind) && !IsCalled(kind); }

std::vector<Named> Nameable(const Catalog& catalog) {
  std::vector<Named> all;
  for (const Table& table : catalog.tables) {
    const std::string name = table.name.ToString();
    all.push_back({{"table", name}, PartsOf(name)});
  }
  for (const OtherObject& other : catalog.others) {
    if (!IsRelation(other.kind) && !IsCalled(other.kind)) continue;
    all.push_back({{other.kind, other.name}, PartsOf(other.name), IsCalled(other.kind)});
  }
  return all;
}

/// The same as far as both say it: "film" and "public.film" are.
bool Means(const CodeName& written, const CodeName& name) {
  const size_t common = std::min(written.size(), name.size());
  return std::equal(written.end() - static_cast<std::ptrdiff_t>(common), written.end(),
                    name.end() - static_cast<std::ptrdiff_t>(common));
}

std::vector<ObjectUse> UsesOf(const OtherObject& object, const std::vector<Named>& all) {
  const CodeNames written = NamesInCode(object.source, IsOnTable(object.kind));
  std::vector<ObjectUse> uses;
  for (const Named& one : all) {
    if (one.use.kind == object.kind && one.use.name == object.name) continue;
    const auto means_it = [&one](const CodeName& name) { return Means(name, one.name); };
    if (std::ranges::any_of(one.called ? written.calls : written.relations, means_it)) uses.push_back(one.use);
  }
  return uses;
}

}  // namespace

std::vector<CatalogObject> DescribeObjects(const Context& context) {
  const std::vector<Named> all = Nameable(context.catalog);
  std::vector<CatalogObject> objects;
  for (const OtherObject& other : context.catalog.others) {
    objects.push_back({other.kind, other.name, other.source, UsesOf(other, all)});
  }
  SortStable(objects, {}, [](const CatalogObject& one) { return std::tie(one.kind, one.name); });
  return objects;
}

}  // namespace migrateiq::assess
