#include "pipeline/run/parted_keys.hpp"

#include <algorithm>

namespace migrateiq {

namespace {

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return lower;
}

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

ObjectReport Manual(const Table& table, const ForeignKey& key) {
  const std::string columns = Joined(key.columns), parent = key.parent.ToString();
  return {.kind = "foreign key",
          .name = key.name.empty() ? table.name.ToString() + " (" + columns + ")" : key.name,
          .status = "manual",
          .why = "the plan parts the table " + parent + ", and no part has all its rows and the key's columns",
          .source = "FOREIGN KEY (" + columns + ") REFERENCES " + parent + " (" + Joined(key.parent_columns) + ")"};
}

}  // namespace

Table PartedKeys::Pointed(size_t index, std::vector<ObjectReport>& manual) const {
  Table table = chosen_[index].table;
  std::vector<ForeignKey> keys;
  for (ForeignKey& key : table.foreign_keys) {
    const std::vector<size_t> parts = PartsOf(key.parent);
    const auto part = std::ranges::find_if(parts, [&](size_t one) { return AnswersFor(one, key); });
    if (parts.size() > 1 && part == parts.end()) {
      manual.push_back(Manual(table, key));
      continue;
    }
    if (parts.size() > 1) key.parent = chosen_[*part].part;
    keys.push_back(std::move(key));
  }
  table.foreign_keys = std::move(keys);
  table.name = chosen_[index].part;
  return table;
}

bool PartedKeys::IsNamed(const ChosenTable& chosen, const TableName& name) const {
  const TableName& own = chosen.table.name;
  return own == name || (from_.folds_case() && Lower(own.ToString()) == Lower(name.ToString()));
}

std::vector<size_t> PartedKeys::PartsOf(const TableName& parent) const {
  std::vector<size_t> parts;
  for (size_t i = 0; i < chosen_.size(); ++i)
    if (!chosen_[i].IsQuery() && IsNamed(chosen_[i], parent)) parts.push_back(i);
  return parts;
}

bool PartedKeys::AnswersFor(size_t part, const ForeignKey& key) const {
  const ChosenTable& chosen = chosen_[part];
  if (chosen.mapping != nullptr && !chosen.mapping->where.empty()) return false;
  const auto kept = [&](const std::string& name) {
    return std::ranges::any_of(wanted_[part], [&](const WantedColumn& wanted) {
      return !wanted.IsComputed() && (wanted.source == name || Lower(wanted.source) == Lower(name));
    });
  };
  return std::ranges::all_of(key.parent_columns.empty() ? chosen.table.KeyColumns() : key.parent_columns, kept);
}

}  // namespace migrateiq
