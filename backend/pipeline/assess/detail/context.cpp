#include "pipeline/assess/detail/context.hpp"

#include <algorithm>

#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

constexpr double kFreeTextCharacters = 40;  ///< on average: then people write into it what they like
constexpr int64_t kLongText = 200;
constexpr int64_t kManyValues = 50;

/// Texts that are numbers, dates or flags name nobody.
bool IsReallyPlain(const ColumnProfile& column) {
  if (!column.fitting || !column.fitting->differs || column.fitting->fits * 2 <= column.fitting->checked) return false;
  const std::string& type = column.fitting->type;
  return !type.starts_with("string") && !type.starts_with("json") && !type.starts_with("char");
}

/// Documents and bytes hold whatever an application put into them.
bool IsContainer(const ColumnProfile& column) {
  return column.family == ValueFamily::binary || column.batch_type.starts_with("json") ||
         (column.fitting && column.fitting->type.starts_with("json"));
}

/// Free text, and short texts that are nearly all different and mean nothing that is known, may hold anybody's name.
bool MayNamePeople(const ColumnProfile& column) {
  if (IsContainer(column)) return true;
  if (column.family != ValueFamily::text || !column.lengths || IsReallyPlain(column)) return false;
  const bool free = column.lengths->mean >= kFreeTextCharacters || column.lengths->maximum >= kLongText;
  const int64_t values = ValuesOf(column);
  const bool telling = column.semantic.kind.empty() && values >= kManyValues && column.distinct.value * 2 > values;
  return free || telling;
}

using Places = std::set<std::pair<std::string, std::string>>;

/// A reference to a hidden column holds the same values. True when something was added.
bool FollowReferences(const Profile& profile, Places& hidden) {
  const size_t before = hidden.size();
  for (const TableProfile& table : profile.tables) {
    for (const InclusionDependency& reference : table.inclusion_dependencies) {
      for (size_t i = 0; i < std::min(reference.columns.size(), reference.parent_columns.size()); ++i) {
        const std::pair child(table.name, reference.columns[i]);
        const std::pair parent(reference.parent, reference.parent_columns[i]);
        if (hidden.contains(child)) hidden.insert(parent);
        if (hidden.contains(parent)) hidden.insert(child);
      }
    }
  }
  return hidden.size() > before;
}

std::vector<Conversion> Convert(const AssessInput& input, const AssessOptions& options) {
  std::vector<Conversion> conversions;
  for (const AssessTarget& target : input.targets) {
    conversions.push_back({target, ConvertCatalog(*input.catalog, *input.dialect, *target.dialect, options.convert)});
  }
  return conversions;
}

int64_t WidthOf(const CatalogColumn& column, const ColumnProfile* profile) {
  if (const int fixed = FixedWidth(column.type.kind); fixed > 0) return fixed;
  if (profile != nullptr && profile->lengths) return static_cast<int64_t>(profile->lengths->mean + 0.5);
  return column.type.length > 0 ? std::min(column.type.length, 40) : 20;
}

}  // namespace

Masking::Masking(const Profile* profile, bool show_values) {
  if (profile == nullptr || show_values) return;
  for (const TableProfile& table : profile->tables) {
    for (const ColumnProfile& column : table.columns) {
      if (column.semantic.is_pii || MayNamePeople(column)) hidden_.emplace(table.name, column.name);
    }
  }
  while (FollowReferences(*profile, hidden_)) {}
}

bool Masking::Hides(const std::string& table, const std::string& column) const {
  return hidden_.contains({table, column});
}

std::string ShapeOf(std::string_view value) {
  std::string shape;
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (c >= '0' && c <= '9')
      shape += '0';
    else if (c >= 'A' && c <= 'Z')
      shape += 'X';
    else if ((c >= 'a' && c <= 'z') || byte >= 0xC0)
      shape += 'x';  // a letter beyond ASCII is one, whatever it is
    else if (byte < 0x80)
      shape += c;
  }
  return shape;
}

std::string Masking::Show(const std::string& table, const std::string& column, const std::string& value) const {
  return Hides(table, column) ? ShapeOf(value) : value;
}

std::vector<std::string> Masking::Show(const std::string& table, const std::string& column,
                                       const std::vector<std::string>& values) const {
  std::vector<std::string> shown;
  for (const std::string& value : values) {
    std::string text = Shorten(Show(table, column, value), 60);
    if (std::ranges::find(shown, text) == shown.end()) shown.push_back(std::move(text));
  }
  return shown;
}

Context::Context(const AssessInput& input, const AssessOptions& assess_options)
    : catalog(*input.catalog),
      from(*input.dialect),
      to(input.target_chosen && !input.targets.empty() ? input.targets.front().dialect : nullptr),
      profile(input.profile),
      options(assess_options),
      masking(input.profile, assess_options.show_values),
      conversions(Convert(input, assess_options)) {
  for (const Table& table : catalog.tables) tables_[table.name.ToString()] = &table;
  if (profile != nullptr) {
    for (const TableProfile& table : profile->tables) profiles_[table.name] = &table;
  }
  if (const ConvertedCatalog* chosen = Chosen()) {
    for (const ConvertedTable& table : chosen->tables) converted_[table.source] = &table;
  }
}

const TableProfile* Context::ProfileOf(const Table& table) const {
  const auto found = profiles_.find(table.name.ToString());
  return found == profiles_.end() ? nullptr : found->second;
}

const Table* Context::TableNamed(const std::string& name) const {
  const auto found = tables_.find(name);
  return found == tables_.end() ? nullptr : found->second;
}

int64_t Context::RowsOf(const Table& table) const {
  const TableProfile* looked = ProfileOf(table);
  return looked != nullptr ? looked->rows : table.row_estimate;
}

int64_t Context::BytesOf(const Table& table) const {
  const TableProfile* looked = ProfileOf(table);
  if (looked != nullptr && looked->bytes >= 0) return looked->bytes;
  if (table.byte_estimate >= 0) return table.byte_estimate;
  const int64_t rows = RowsOf(table);
  if (rows < 0) return -1;
  int64_t width = 0;
  for (const CatalogColumn& column : table.columns) {
    width += WidthOf(column, looked == nullptr ? nullptr : Find(*looked, column.name));
  }
  return rows * width;
}

const ConvertedCatalog* Context::Chosen() const {
  if (to == nullptr || conversions.empty() || !conversions.front().result) return nullptr;
  return &*conversions.front().result;
}

const CatalogColumn* Context::TargetOf(const Table& table, const CatalogColumn& column) const {
  const auto found = converted_.find(table.name);
  if (found == converted_.end()) return nullptr;
  for (const ConvertedColumn& pair : found->second->columns) {
    if (pair.source == column.name) return found->second->target.Find(pair.target);
  }
  return nullptr;
}

namespace {

constexpr double kSureEnough = 0.75;
constexpr int64_t kFewestRows = 20;  ///< of fewer, anything may be among the values of a key

bool IsReverse(const TableProfile& child, const InclusionDependency& found, const InclusionDependency& other) {
  return other.parent == child.name && other.columns == found.parent_columns && other.parent_columns == found.columns;
}

/// The same values in the other direction: declared, surer, or the first by name.
bool IsToldByParent(const Profile& profile, const TableProfile& child, const InclusionDependency& found) {
  const TableProfile* parent = Find(profile, found.parent);
  if (parent == nullptr || parent == &child) return false;
  return std::ranges::any_of(parent->inclusion_dependencies, [&](const InclusionDependency& other) {
    if (!IsReverse(child, found, other)) return false;
    if (other.declared || other.confidence != found.confidence) return other.confidence >= found.confidence;
    return parent->name < child.name;
  });
}

}  // namespace

std::vector<const InclusionDependency*> ReferencesFrom(const Profile& profile, const TableProfile& child) {
  std::vector<const InclusionDependency*> references;
  for (const InclusionDependency& found : child.inclusion_dependencies) {
    const bool meant = found.declared || (found.confidence >= kSureEnough && found.rows >= kFewestRows &&
                                          !IsToldByParent(profile, child, found));
    if (meant) references.push_back(&found);
  }
  return references;
}

void ForEachColumn(const Context& context,
                   const std::function<void(const Table&, const CatalogColumn&, const ColumnProfile*)>& look) {
  for (const Table& table : context.catalog.tables) {
    const TableProfile* profile = context.ProfileOf(table);
    for (const CatalogColumn& column : table.columns) {
      look(table, column, profile == nullptr ? nullptr : Find(*profile, column.name));
    }
  }
}

}  // namespace migrateiq::assess
