#include "pipeline/semantic/detail/kinds.hpp"

#include <algorithm>
#include <vector>

#include "pipeline/semantic/detail/checks.hpp"

namespace migrateiq {
namespace detail {
namespace {

constexpr KindRule kKinds[] = {
#define MIQ_SEMANTIC_KIND(id, group, sensitivity, trust, chance, form, shortest, longest, function, mask, title, says) \
  {{#id, group, Sensitivity::k##sensitivity, mask, title},                                                             \
   Trust::k##trust,                                                                                                    \
   chance,                                                                                                             \
   Form::k##form,                                                                                                      \
   shortest,                                                                                                           \
   longest,                                                                                                            \
   check::function,                                                                                                    \
   says},
#include "pipeline/semantic/kinds.def"
#undef MIQ_SEMANTIC_KIND
};

bool Within(size_t size, const KindRule& rule) { return size >= rule.shortest && size <= rule.longest; }

}  // namespace

std::span<const KindRule> Kinds() { return kKinds; }

size_t IndexOfKind(std::string_view id) {
  const auto at = std::ranges::find(kKinds, id, [](const KindRule& rule) { return rule.kind.id; });
  return static_cast<size_t>(at - std::begin(kKinds));
}

Fit KindRule::Test(const Value& value) const {
  const bool fits = form == Form::kText ? Within(value.text.size(), *this)
                                        : Within(value.compact.size(), *this) &&
                                              (form == Form::kAlnum || value.digits == value.compact.size());
  return fits ? check(value) : Fit::kNo;
}

}  // namespace detail

std::span<const SemanticKind> SemanticKinds() {
  static const std::vector<SemanticKind> kAll = [] {
    std::vector<SemanticKind> all;
    for (const detail::KindRule& rule : detail::Kinds()) all.push_back(rule.kind);
    return all;
  }();
  return kAll;
}

const SemanticKind* FindSemanticKind(std::string_view id) {
  const size_t index = detail::IndexOfKind(id);
  return index < SemanticKinds().size() ? &SemanticKinds()[index] : nullptr;
}

std::string_view ToString(Sensitivity sensitivity) {
  switch (sensitivity) {
    case Sensitivity::kNone: return "none";
    case Sensitivity::kPersonal: return "personal";
    case Sensitivity::kSpecialCategory: return "special_category";
    case Sensitivity::kCredential: return "credential";
    case Sensitivity::kFinancial: return "financial";
  }
  return "none";
}

}  // namespace migrateiq
