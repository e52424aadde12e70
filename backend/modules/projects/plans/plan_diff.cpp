#include "modules/projects/plans/plan_diff.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <boost/json.hpp>

#include "base/errors/plan.hpp"

namespace migrateiq::projects {

namespace {

namespace json = boost::json;

/// Aliases can make a small text a huge tree.
constexpr int kMostNodes = 200'000;
constexpr int kDeepest = 64;

class TreeReader {
 public:
  Result<json::value> Read(const std::string& text) {
    try {
      json::value tree = Convert(YAML::Load(text), 0);
      if (nodes_ <= kMostNodes) return tree;
    } catch (const std::exception&) { return Fail(codes::kPlanSyntax, "the plan cannot be read as YAML or JSON"); }
    return Fail(codes::kPlanSyntax, "the plan is too large to be compared");
  }

 private:
  json::value Convert(const YAML::Node& node, int depth) {
    if (++nodes_ > kMostNodes || depth > kDeepest) {
      nodes_ = kMostNodes + 1;
      return nullptr;
    }
    if (node.IsMap()) return ConvertMap(node, depth);
    if (node.IsSequence()) return ConvertList(node, depth);
    return node.IsScalar() ? json::value(node.Scalar()) : json::value(nullptr);
  }
  json::value ConvertMap(const YAML::Node& node, int depth) {
    json::object object;
    for (const auto& pair : node) object[pair.first.Scalar()] = Convert(pair.second, depth + 1);
    return object;
  }
  json::value ConvertList(const YAML::Node& node, int depth) {
    json::array array;
    for (const auto& item : node) array.push_back(Convert(item, depth + 1));
    return array;
  }

  int nodes_ = 0;
};

std::string Escaped(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '~')
      out += "~0";
    else if (c == '/')
      out += "~1";
    else
      out += c;
  }
  return out;
}

/// What an element of a list is known by; empty when by its place only.
std::string IdentityOf(const json::value& value) {
  if (!value.is_object()) return "";
  for (const char* key : {"target", "source", "name"}) {
    const json::value* member = value.get_object().if_contains(key);
    if (member != nullptr && member->is_string()) return std::string(member->get_string());
  }
  return "";
}

bool HaveIdentities(const json::array& list) {
  std::vector<std::string> names;
  for (const json::value& item : list) names.push_back(IdentityOf(item));
  std::ranges::sort(names);
  return std::ranges::find(names, "") == names.end() && std::ranges::adjacent_find(names) == names.end();
}

class Comparison {
 public:
  void Compare(const json::value& from, const json::value& to, const std::string& pointer) {
    if (from == to) return;
    if (from.is_object() && to.is_object()) return CompareObjects(from.get_object(), to.get_object(), pointer);
    if (from.is_array() && to.is_array()) return CompareLists(from.get_array(), to.get_array(), pointer);
    found.push_back({ChangeKind::changed, pointer, from, to});
  }

  std::vector<PlanDifference> found;

 private:
  void Gone(const json::value& from, const std::string& pointer) {
    found.push_back({ChangeKind::removed, pointer, from, nullptr});
  }
  void New(const json::value& to, const std::string& pointer) {
    found.push_back({ChangeKind::added, pointer, nullptr, to});
  }

  void CompareObjects(const json::object& from, const json::object& to, const std::string& pointer) {
    for (const auto& [key, value] : from) {
      const std::string place = pointer + "/" + Escaped(key);
      if (const json::value* other = to.if_contains(key))
        Compare(value, *other, place);
      else
        Gone(value, place);
    }
    for (const auto& [key, value] : to) {
      if (!from.contains(key)) New(value, pointer + "/" + Escaped(key));
    }
  }

  void CompareLists(const json::array& from, const json::array& to, const std::string& pointer) {
    if (HaveIdentities(from) && HaveIdentities(to)) return CompareNamed(from, to, pointer);
    for (size_t i = 0; i < std::max(from.size(), to.size()); ++i) {
      const std::string place = pointer + "/" + std::to_string(i);
      if (i >= to.size())
        Gone(from[i], place);
      else if (i >= from.size())
        New(to[i], place);
      else
        Compare(from[i], to[i], place);
    }
  }

  static const json::value* Find(const json::array& list, const std::string& name) {
    const auto found = std::ranges::find_if(list, [&](const json::value& item) { return IdentityOf(item) == name; });
    return found == list.end() ? nullptr : &*found;
  }

  void CompareNamed(const json::array& from, const json::array& to, const std::string& pointer) {
    for (const json::value& item : from) {
      const std::string name = IdentityOf(item), place = pointer + "/" + Escaped(name);
      if (const json::value* other = Find(to, name))
        Compare(item, *other, place);
      else
        Gone(item, place);
    }
    for (const json::value& item : to) {
      const std::string name = IdentityOf(item);
      if (Find(from, name) == nullptr) New(item, pointer + "/" + Escaped(name));
    }
  }
};

}  // namespace

Result<std::vector<PlanDifference>> ComparePlans(const std::string& from, const std::string& to) {
  MIQ_ASSIGN(const json::value old_tree, TreeReader().Read(from));
  MIQ_ASSIGN(const json::value new_tree, TreeReader().Read(to));
  Comparison comparison;
  comparison.Compare(old_tree, new_tree, "");
  return std::move(comparison.found);
}

}  // namespace migrateiq::projects
