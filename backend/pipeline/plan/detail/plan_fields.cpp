#include "pipeline/plan/detail/plan_fields.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "base/errors/plan.hpp"

namespace migrateiq::detail {

namespace {

constexpr int64_t kMaxValues = 1'000'000;

template <class T>
bool ParseWhole(const std::string& text, T& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

/// At most 60 bytes of a value, for messages.
std::string Shown(const std::string& text) { return text.size() <= 60 ? text : text.substr(0, 57) + "..."; }

}  // namespace

std::string PlanContext::Place(const YAML::Mark& mark) const {
  return mark.is_null() ? file_name : fmt::format("{}:{}:{}", file_name, mark.line + 1, mark.column + 1);
}

void PlanContext::Refuse(const ErrorCode& code, const YAML::Mark& mark, const std::string& message) {
  if (error) return;
  const std::string line = mark.is_null() ? "" : fmt::format("line {}: ", mark.line + 1);
  error = Error(code, line + message).At(Place(mark));
}

PlanFields::PlanFields(PlanContext& context, const PlanValue& value, const std::vector<std::string_view>& known)
    : context_(context), value_(value) {
  if (context_.error || !value_.node.IsDefined() || value_.node.IsNull()) return;
  if (value_.node.IsMap()) {
    Collect(known);
  } else {
    context_.Refuse(codes::kPlanValue, value_.mark,
                    fmt::format("{} must hold keys: {}", value_.path, fmt::join(known, ", ")));
  }
}

void PlanFields::Collect(const std::vector<std::string_view>& known) {
  const std::vector<std::string> names(known.begin(), known.end());
  for (const auto& pair : value_.node) {
    const YAML::Mark mark = pair.first.Mark();
    if (!pair.first.IsScalar()) return context_.Refuse(codes::kPlanSyntax, mark, "a key must be a plain word");
    const std::string& key = pair.first.Scalar();
    CheckKey(key, mark, names);
    if (++context_.values_read > kMaxValues) context_.Refuse(codes::kPlanSyntax, mark, "the plan has too many values");
    if (context_.error) return;
    entries_.push_back({key, pair.second, pair.second.IsNull() ? mark : pair.second.Mark()});
  }
}

void PlanFields::CheckKey(const std::string& key, const YAML::Mark& mark, const std::vector<std::string>& known) {
  const std::string where = value_.path.empty() ? "" : " in " + value_.path;
  if (std::ranges::find(known, key) == known.end()) {
    const std::string hint = DidYouMean(key, known);
    context_.Refuse(codes::kPlanUnknownKey, mark,
                    fmt::format("unknown key '{}'{}{}", Shown(key), where,
                                hint.empty() ? fmt::format("; known keys: {}", fmt::join(known, ", ")) : hint));
  }
  if (std::ranges::find(entries_, key, &Entry::key) != entries_.end()) {
    context_.Refuse(codes::kPlanSyntax, mark, fmt::format("the key '{}'{} is given twice", key, where));
  }
}

const PlanFields::Entry* PlanFields::Find(std::string_view key) const {
  const auto found = std::ranges::find(entries_, key, &Entry::key);
  return found == entries_.end() || found->node.IsNull() || context_.error ? nullptr : &*found;
}

std::string PlanFields::PathOf(std::string_view key) const {
  return value_.path.empty() ? std::string(key) : value_.path + "." + std::string(key);
}

void PlanFields::Refuse(const ErrorCode& code, std::string_view key, const std::string& message) {
  const auto found = std::ranges::find(entries_, key, &Entry::key);
  context_.Refuse(code, found == entries_.end() ? value_.mark : found->mark, PathOf(key) + " " + message);
}

void PlanFields::Require(std::string_view key) {
  if (!Has(key)) Refuse(codes::kPlanMissing, key, "is missing");
}

bool PlanFields::IsText(const YAML::Node& node, std::string_view key) {
  if (node.IsScalar()) return true;
  Refuse(codes::kPlanValue, key, "must be a text");
  return false;
}

void PlanFields::Text(std::string_view key, std::string& out) {
  const Entry* entry = Find(key);
  if (entry != nullptr && IsText(entry->node, key)) out = entry->node.Scalar();
}

void PlanFields::Text(std::string_view key, std::optional<std::string>& out) {
  const Entry* entry = Find(key);
  if (entry != nullptr && IsText(entry->node, key)) out = entry->node.Scalar();
}

std::string PlanFields::TextOr(std::string_view key, std::string otherwise) {
  Text(key, otherwise);
  return otherwise;
}

void PlanFields::Texts(std::string_view key, std::vector<std::string>& out) {
  const Entry* entry = Find(key);
  if (entry == nullptr) return;
  out.clear();
  if (entry->node.IsScalar()) return out.push_back(entry->node.Scalar());
  for (const PlanValue& item : Children(key)) {
    if (!item.node.IsScalar()) return Refuse(codes::kPlanValue, key, "must be a list of texts");
    out.push_back(item.node.Scalar());
  }
}

void PlanFields::Flag(std::string_view key, bool& out) {
  const std::optional<std::string> text = ChoiceText(key);
  if (!text) return;
  if (*text != "true" && *text != "false") return RefuseChoice(key, *text, {"true", "false"});
  out = *text == "true";
}

void PlanFields::Number(std::string_view key, double& out) {
  const std::optional<std::string> text = ChoiceText(key);
  double number = 0;
  if (!text) return;
  if (!ParseWhole(*text, number) || !std::isfinite(number) || number < 0) {
    return Refuse(codes::kPlanValue, key, "is '" + Shown(*text) + "'; allowed: a number from 0");
  }
  out = number;
}

int64_t PlanFields::IntegerOr(std::string_view key, int64_t otherwise, int64_t least, int64_t most) {
  const std::optional<std::string> text = ChoiceText(key);
  if (!text) return otherwise;
  int64_t number = 0;
  if (ParseWhole(*text, number) && number >= least && number <= most) return number;
  const std::string range =
      most == INT64_MAX ? fmt::format("from {}", least) : fmt::format("from {} to {}", least, most);
  Refuse(codes::kPlanValue, key, fmt::format("is '{}'; allowed: a whole number {}", Shown(*text), range));
  return otherwise;
}

// A plain `null` is a word of its own in some choices (`zero_date: null`), so it is not absence here.
std::optional<std::string> PlanFields::ChoiceText(std::string_view key) {
  const auto found = std::ranges::find(entries_, key, &Entry::key);
  if (found == entries_.end() || context_.error) return std::nullopt;
  if (found->node.IsNull()) return "null";
  if (!IsText(found->node, key)) return std::nullopt;
  return found->node.Scalar();
}

void PlanFields::RefuseChoice(std::string_view key, const std::string& value, const std::vector<std::string>& allowed) {
  Refuse(codes::kPlanValue, key,
         fmt::format("is '{}'; allowed: {}{}", Shown(value), fmt::join(allowed, ", "), DidYouMean(value, allowed)));
}

PlanValue PlanFields::Child(std::string_view key) const {
  const Entry* entry = Find(key);
  return entry == nullptr ? PlanValue{YAML::Node(YAML::NodeType::Null), value_.mark, PathOf(key)}
                          : PlanValue{entry->node, entry->mark, PathOf(key)};
}

std::vector<PlanValue> PlanFields::Children(std::string_view key) {
  std::vector<PlanValue> children;
  const Entry* entry = Find(key);
  if (entry == nullptr) return children;
  if (!entry->node.IsSequence()) {
    Refuse(codes::kPlanValue, key, "must be a list");
    return children;
  }
  context_.values_read += static_cast<int64_t>(entry->node.size());
  if (context_.values_read > kMaxValues) {
    Refuse(codes::kPlanSyntax, key, "holds too many values");
    return children;
  }
  for (const YAML::Node& item : entry->node) {
    children.push_back({item, item.Mark(), fmt::format("{}[{}]", PathOf(key), children.size())});
  }
  return children;
}

}  // namespace migrateiq::detail
