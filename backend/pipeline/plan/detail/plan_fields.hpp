#pragma once

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/nearest.hpp"

namespace migrateiq::detail {

/// What the reading of one plan shares. The first error wins; after it everything is read as absent.
struct PlanContext {
  std::string file_name;
  std::optional<Error> error;
  int64_t values_read = 0;  ///< aliases can make a small text large

  std::string Place(const YAML::Mark& mark) const;
  void Refuse(const ErrorCode& code, const YAML::Mark& mark, const std::string& message);
};

/// A value of the plan with its path ("run.throttle") and where it stands.
struct PlanValue {
  YAML::Node node;
  YAML::Mark mark;
  std::string path;
};

/// The plan's text as values; null after an error. Errors: kPlanSyntax.
PlanValue LoadPlanText(PlanContext& context, std::string_view text);

/// The keys of one mapping node. Unknown and duplicate keys are refused at once; getters leave `out` alone when the key
/// is absent or null, and refuse values of another type.
class PlanFields {
 public:
  PlanFields(PlanContext& context, const PlanValue& value, const std::vector<std::string_view>& known);

  bool Has(std::string_view key) const { return Find(key) != nullptr; }
  void Require(std::string_view key);
  void Text(std::string_view key, std::string& out);
  void Text(std::string_view key, std::optional<std::string>& out);
  void Texts(std::string_view key, std::vector<std::string>& out);  ///< a list, or one text
  void Flag(std::string_view key, bool& out);
  void Number(std::string_view key, double& out);
  template <class Int>
  void Integer(std::string_view key, Int& out, int64_t least, int64_t most) {
    out = static_cast<Int>(IntegerOr(key, static_cast<int64_t>(out), least, most));
  }
  template <class Table, class E>
  void Choice(std::string_view key, E& out, const Table& table) {
    const std::optional<std::string> name = ChoiceText(key);
    if (!name) return;
    std::vector<std::string> allowed;
    for (const auto& entry : table) {
      if (entry.name == *name) return void(out = entry.value);
      allowed.emplace_back(entry.name);
    }
    RefuseChoice(key, *name, allowed);
  }
  /// The value under `key`, null node when absent.
  PlanValue Child(std::string_view key) const;
  /// The entries of the list under `key`.
  std::vector<PlanValue> Children(std::string_view key);
  std::string TextOr(std::string_view key, std::string otherwise);

  void Refuse(const ErrorCode& code, std::string_view key, const std::string& message);
  const YAML::Mark& mark() const { return value_.mark; }
  const std::string& path() const { return value_.path; }

 private:
  struct Entry {
    std::string key;
    YAML::Node node;
    YAML::Mark mark;
  };
  void Collect(const std::vector<std::string_view>& known);
  void CheckKey(const std::string& key, const YAML::Mark& mark, const std::vector<std::string>& known);
  const Entry* Find(std::string_view key) const;
  std::string PathOf(std::string_view key) const;
  int64_t IntegerOr(std::string_view key, int64_t otherwise, int64_t least, int64_t most);
  std::optional<std::string> ChoiceText(std::string_view key);
  void RefuseChoice(std::string_view key, const std::string& value, const std::vector<std::string>& allowed);
  bool IsText(const YAML::Node& node, std::string_view key);

  PlanContext& context_;
  PlanValue value_;
  std::vector<Entry> entries_;  ///< null values left out
};

}  // namespace migrateiq::detail
