#include "pipeline/semantic/detail/context.hpp"

#include <algorithm>
#include <array>

namespace migrateiq::detail {
namespace {

bool IsAboutPeople(const SemanticKind& kind) {
  return kind.sensitivity == Sensitivity::kPersonal &&
         (kind.group == "identity" || kind.group == "contact" || kind.group == "demographic");
}

/// Countries whose numbers a table with names in this language may hold.
bool Speaks(std::string_view country, std::string_view language) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kCountries = {{{"de", "de at ch"},
                                                                                         {"fr", "fr be ch ca"},
                                                                                         {"es", "es mx cl ar"},
                                                                                         {"it", "it ch"},
                                                                                         {"pt", "pt br"},
                                                                                         {"nl", "nl be"},
                                                                                         {"pl", "pl"},
                                                                                         {"sv", "se fi"},
                                                                                         {"tr", "tr"},
                                                                                         {"zh", "cn tw hk sg"},
                                                                                         {"ja", "jp"},
                                                                                         {"ko", "kr"},
                                                                                         {"he", "il"}}};
  const auto found = std::ranges::find(kCountries, language, &std::pair<std::string_view, std::string_view>::first);
  return found != kCountries.end() && found->second.contains(country);
}

}  // namespace

Context::Context(const ColumnSample& column, const NameTable& names) {
  Count(names.Exact(column.name));
  about_people_ = 0;  // its own name counts for the language only
  for (const std::string_view name : column.neighbours.first(std::min<size_t>(column.neighbours.size(), 100))) {
    Count(names.Exact(name));
  }
}

void Context::Count(const std::vector<NamedKind>& named) {
  std::string_view only;
  bool several = false, people = false;
  for (const NamedKind& name : named) {
    several |= !only.empty() && only != name.language;
    only = name.language;
    if (name.kind >= Kinds().size()) continue;
    const SemanticKind& kind = Kinds()[name.kind].kind;
    people |= IsAboutPeople(kind);
    latitude_ |= kind.id == "latitude";
    longitude_ |= kind.id == "longitude";
  }
  about_people_ += people ? 1 : 0;
  if (!several && !only.empty() && only != "en") Vote(only);
}

void Context::Vote(std::string_view language) {
  const auto found = std::ranges::find(languages_, language, &std::pair<std::string_view, size_t>::first);
  if (found == languages_.end())
    languages_.emplace_back(language, 1);
  else
    ++found->second;
}

double Context::Bonus(const KindRule& rule, std::string_view& why) const {
  if ((rule.kind.id == "latitude" && longitude_) || (rule.kind.id == "longitude" && latitude_)) {
    why = "the other coordinate stands beside it";
    return 1.2;
  }
  if (rule.IsNational()) {
    const auto most = std::ranges::max_element(languages_, {}, &std::pair<std::string_view, size_t>::second);
    if (most != languages_.end() && Speaks(rule.kind.id.substr(0, 2), most->first)) {
      why = "the other columns are named in the language of the country";
      return 1;
    }
  }
  if (about_people_ >= 2 && IsAboutPeople(rule.kind)) {
    why = "other columns of the table are about people";
    return 0.6;
  }
  return 0;
}

}  // namespace migrateiq::detail
