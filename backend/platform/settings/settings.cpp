#include "platform/settings/settings.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <type_traits>

#include "base/errors/server.hpp"
#include "base/nearest.hpp"

namespace migrateiq {

namespace {

std::vector<std::string> SplitList(const std::string& text) {
  std::vector<std::string> items;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find(',', at), text.size());
    std::string item = text.substr(at, end - at);
    item.erase(0, item.find_first_not_of(' '));
    item.erase(item.find_last_not_of(' ') + 1);
    if (!item.empty()) items.push_back(std::move(item));
    at = end + 1;
  }
  return items;
}

/// False when the text is not of the setting's type.
bool Parse(const std::string& text, std::string& value) {
  value = text;
  return true;
}
bool Parse(const std::string& text, int64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && value >= 0;
}
bool Parse(const std::string& text, StringList& value) {
  value = SplitList(text);
  return true;
}

std::string ToText(const std::string& value) { return value; }
std::string ToText(int64_t value) { return std::to_string(value); }
std::string ToText(const StringList& value) { return fmt::format("{}", fmt::join(value, ",")); }

template <class T>
constexpr const char* kTypeName = "text";
template <>
constexpr const char* kTypeName<int64_t> = "whole number, not negative";
template <>
constexpr const char* kTypeName<StringList> = "list (in the environment and flags: apart by commas)";

std::string EnvironmentName(std::string_view name) {
  std::string result = "MIGRATEIQ_";
  for (const char letter : name)
    result += letter == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return result;
}

/// One setting, its type erased.
struct Entry {
  SettingInfo info;
  std::function<bool(Settings&, const std::string&)> set;
  std::function<std::string(const Settings&)> get;
};

template <class T>
Entry MakeEntry(T Settings::*member, const char* name, bool secret, const char* text) {
  const Settings defaults;
  return {.info = {name, kTypeName<T>, EnvironmentName(name), ToText(defaults.*member), text, secret},
          .set = [member](Settings& settings, const std::string& value) { return Parse(value, settings.*member); },
          .get = [member](const Settings& settings) { return ToText(settings.*member); }};
}

const std::vector<Entry>& Entries() {
  static const std::vector<Entry> entries = {
#define MIQ_SETTING(type, member, name, value, secret, text) MakeEntry<type>(&Settings::member, name, secret, text),
#include "platform/settings/settings.def"
#undef MIQ_SETTING
  };
  return entries;
}

Error Unknown(const std::string& name, const std::string& place) {
  std::vector<std::string> names;
  for (const Entry& entry : Entries()) names.push_back(entry.info.name);
  return Error(codes::kSettingUnknown, "there is no setting '" + name + "'" + DidYouMean(name, names)).At(place);
}

std::string PlaceOf(const std::string& file, const YAML::Mark& mark) {
  return fmt::format("{}:{}:{}", file, mark.line + 1, mark.column + 1);
}

Result<std::string> NodeText(const YAML::Node& node, const std::string& place) {
  if (node.IsScalar()) return node.Scalar();
  if (!node.IsSequence()) return Fail(Error(codes::kSettingValue, "a value or a list is expected").At(place));
  std::vector<std::string> items;
  for (const YAML::Node& item : node) {
    if (!item.IsScalar()) return Fail(Error(codes::kSettingValue, "a list holds plain values only").At(place));
    items.push_back(item.Scalar());
  }
  return fmt::format("{}", fmt::join(items, ","));
}

/// Takes what can be taken from each source, and collects what cannot.
class Loader {
 public:
  void FromFile(const std::string& file) {
    try {
      const YAML::Node root = YAML::LoadFile(file);
      if (root.IsNull()) return;
      if (!root.IsMap()) return Refuse(Error(codes::kSettingValue, "the file holds no sections").At(file));
      for (const auto& section : root) FromSection(file, section.first, section.second);
    } catch (const YAML::BadFile&) {
      Refuse(Error(codes::kSettingValue, "the settings file cannot be read").At(file));
    } catch (const YAML::Exception& error) {
      Refuse(Error(codes::kSettingValue, error.msg).At(PlaceOf(file, error.mark)));
    }
  }

  void FromEnvironment(const std::map<std::string, std::string>& environment) {
    for (const Entry& entry : Entries()) {
      const auto found = environment.find(entry.info.environment);
      if (found != environment.end()) Set(entry.info.name, found->second, entry.info.environment);
    }
  }

  void Set(const std::string& name, const std::string& value, const std::string& place) {
    const auto entry = std::ranges::find(Entries(), name, [](const Entry& e) { return e.info.name; });
    if (entry == Entries().end()) return Refuse(Unknown(name, place));
    loaded_.places[name] = place;
    if (entry->set(loaded_.settings, value)) return;
    const std::string shown = entry->info.secret ? "the value" : "'" + value + "'";
    Refuse(Error(codes::kSettingValue, shown + " of '" + name + "' is not a " + entry->info.type).At(place));
  }

  LoadedSettings Take() && { return std::move(loaded_); }

 private:
  void Refuse(Error error) { loaded_.faults.push_back(std::move(error)); }

  void FromSection(const std::string& file, const YAML::Node& name, const YAML::Node& members) {
    if (!members.IsMap())
      return Refuse(Error(codes::kSettingValue, "'" + name.Scalar() + "' is a section: it needs `name: value` lines")
                        .At(PlaceOf(file, name.Mark())));
    for (const auto& member : members) {
      const std::string place = PlaceOf(file, member.first.Mark());
      Result<std::string> value = NodeText(member.second, place);
      if (value)
        Set(name.Scalar() + "." + member.first.Scalar(), *value, place);
      else
        Refuse(std::move(value).error());
    }
  }

  LoadedSettings loaded_;
};

}  // namespace

std::vector<SettingInfo> SettingTable() {
  std::vector<SettingInfo> table;
  for (const Entry& entry : Entries()) table.push_back(entry.info);
  return table;
}

LoadedSettings LoadAllSettings(const SettingSources& sources) {
  Loader loader;
  if (!sources.file.empty()) loader.FromFile(sources.file);
  loader.FromEnvironment(sources.environment);
  for (const auto& [name, value] : sources.flags) loader.Set(name, value, "--" + name);
  return std::move(loader).Take();
}

Result<Settings> LoadSettings(const SettingSources& sources) {
  LoadedSettings loaded = LoadAllSettings(sources);
  if (!loaded.faults.empty()) return std::unexpected(std::move(loaded.faults.front()));
  return std::move(loaded.settings);
}

std::vector<std::string> DescribeSettings(const Settings& settings) {
  std::vector<std::string> lines;
  for (const Entry& entry : Entries()) {
    const std::string value = entry.get(settings);
    lines.push_back(entry.info.name + ": " + (entry.info.secret && !value.empty() ? "***" : value));
  }
  return lines;
}

}  // namespace migrateiq
