#include "pipeline/profile/depend/keys.hpp"

#include <algorithm>

#include "pipeline/profile/scan/hashes.hpp"

namespace migrateiq {

namespace {

constexpr size_t kMostKeys = 8;
constexpr size_t kMostTried = 40;       ///< columns of which pairs are made
constexpr double kMostMeanLength = 64;  ///< characters: longer texts are no keys
constexpr double kMostPartLength = 20;  ///< nor a part of one
constexpr double kStandardErrors = 4;   ///< by which an estimate may be below the rows
constexpr uint64_t kNullHash = 0x6E756C6C;

bool MayBeKeyPart(const ColumnProfile& column) {
  if (column.count == 0 || column.distinct.value < 2) return false;
  if (column.lengths && column.lengths->mean > kMostMeanLength) return false;
  if (column.batch_type.starts_with("json") || column.batch_type.starts_with("array")) return false;
  if (column.family == ValueFamily::binary || column.family == ValueFamily::interval) return false;
  if (column.family != ValueFamily::number) return column.family != ValueFamily::boolean;
  return column.batch_type.starts_with("int") || column.batch_type.starts_with("uint") ||
         column.batch_type.ends_with(",0)");
}

/// Could the column hold as many different values as there are rows?
bool MayBeKey(const ColumnProfile& column) {
  const double least = 1 - kStandardErrors * column.distinct.error;
  return MayBeKeyPart(column) && column.nulls == 0 && column.empty == 0 &&
         static_cast<double>(column.distinct.value) >= least * static_cast<double>(column.count);
}

uint64_t HashOfCodes(const std::vector<size_t>& columns, const CodedSample& sample, size_t row) {
  uint64_t hash = 0;
  for (const size_t column : columns) {
    const auto code = static_cast<uint32_t>(sample.columns[column].codes[row]);
    hash = JoinHashes(hash, uint64_t{code} * 0x9E3779B97F4A7C15);
  }
  return hash;
}

/// Sorts.
int64_t CountDifferent(std::vector<uint64_t>& hashes) {
  std::ranges::sort(hashes);
  return std::ranges::unique(hashes).begin() - hashes.begin();
}

/// What the sample says of these columns together.
CandidateKey Look(const std::vector<size_t>& columns, const TableProfile& profile, const CodedSample& sample) {
  CandidateKey key{.basis = sample.all_rows ? Basis::all_rows : Basis::sample};
  for (const size_t column : columns) key.columns.push_back(profile.columns[column].name);
  std::vector<uint64_t> hashes;
  for (size_t row = 0; row < static_cast<size_t>(sample.rows); ++row) {
    const bool null = std::ranges::any_of(
        columns, [&](size_t column) { return sample.columns[column].codes[row] == Dictionary::kNull; });
    if (null)
      ++key.nulls;
    else
      hashes.push_back(HashOfCodes(columns, sample, row));
  }
  key.rows = sample.rows - key.nulls;
  key.distinct = CountDifferent(hashes);
  return key;
}

/// Are there no two rows alike? Most pairs show it in the first rows.
bool TellRowsApart(const std::vector<size_t>& columns, const CodedSample& sample) {
  constexpr size_t kGlance = 2000;
  const auto rows = static_cast<size_t>(sample.rows);
  for (const size_t looked_at : {std::min(kGlance, rows), rows}) {
    std::vector<uint64_t> hashes(looked_at);
    for (size_t row = 0; row < looked_at; ++row) hashes[row] = HashOfCodes(columns, sample, row);
    if (CountDifferent(hashes) != static_cast<int64_t>(looked_at)) return false;
  }
  return true;
}

std::vector<std::vector<std::string>> DeclaredKeys(const Table& table) {
  std::vector<std::vector<std::string>> keys;
  const auto add = [&keys](const Index& index) {
    std::vector<std::string> columns;
    for (const IndexPart& part : index.parts) {
      if (part.column.empty() || part.prefix > 0) return;
      columns.push_back(part.column);
    }
    if (index.where.empty() && std::ranges::find(keys, columns) == keys.end()) keys.push_back(std::move(columns));
  };
  if (table.primary_key) add(*table.primary_key);
  for (const Index& index : table.indexes) {
    if (index.unique) add(index);
  }
  return keys;
}

class KeySearch {
 public:
  KeySearch(const Table& table, const TableProfile& profile, const CodedSample& sample)
      : table_(table), profile_(profile), sample_(sample) {}

  std::vector<CandidateKey> Run() {
    AddDeclared();
    AddSingles();
    const bool known = std::ranges::any_of(keys_, [](const CandidateKey& key) { return key.distinct == key.rows; });
    if (!known && sample_.rows > 1) AddPairs();
    return std::move(keys_);
  }

 private:
  void AddDeclared() {
    for (const std::vector<std::string>& names : DeclaredKeys(table_)) {
      std::vector<size_t> columns;
      for (const std::string& name : names) {
        const auto found = std::ranges::find(profile_.columns, name, &ColumnProfile::name);
        if (found != profile_.columns.end()) columns.push_back(static_cast<size_t>(found - profile_.columns.begin()));
      }
      if (columns.size() == names.size()) Add(columns, true);
    }
  }

  void AddSingles() {
    for (size_t i = 0; i < profile_.columns.size() && keys_.size() < kMostKeys; ++i) {
      const Dictionary& values = sample_.columns[i];
      const bool apart = static_cast<int64_t>(values.size()) == sample_.rows && sample_.rows > 1;
      if (apart && MayBeKey(profile_.columns[i]) && !IsKnown({i})) Add({i}, false);
    }
  }

  void AddPairs() {
    const std::vector<size_t> parts = Parts();
    for (size_t a = 0; a < parts.size(); ++a) {
      for (size_t b = a + 1; b < parts.size() && keys_.size() < kMostKeys; ++b) {
        const double most = static_cast<double>(profile_.columns[parts[a]].distinct.value) *
                            static_cast<double>(profile_.columns[parts[b]].distinct.value);
        if (most < static_cast<double>(profile_.rows) || IsKnown({parts[a], parts[b]})) continue;
        if (TellRowsApart({parts[a], parts[b]}, sample_)) Add({parts[a], parts[b]}, false);
      }
    }
  }

  /// Columns without NULL, in their order: keys stand in front.
  std::vector<size_t> Parts() const {
    std::vector<size_t> parts;
    for (size_t i = 0; i < profile_.columns.size() && parts.size() < kMostTried; ++i) {
      const ColumnProfile& column = profile_.columns[i];
      const bool wordy = column.lengths && column.lengths->mean > kMostPartLength;
      if (MayBeKeyPart(column) && column.nulls == 0 && !wordy) parts.push_back(i);
    }
    return parts;
  }

  void Add(const std::vector<size_t>& columns, bool declared) {
    CandidateKey key = Look(columns, profile_, sample_);
    key.declared = declared;
    const bool proven = std::ranges::any_of(columns, [this](size_t column) { return sample_.proven[column]; });
    if (proven) {
      key.basis = Basis::all_rows;
      key.rows = key.distinct = profile_.rows;
      key.nulls = 0;
    }
    keys_.push_back(std::move(key));
  }

  bool IsKnown(const std::vector<size_t>& columns) const {
    std::vector<std::string> names;
    for (const size_t column : columns) names.push_back(profile_.columns[column].name);
    return std::ranges::any_of(
        keys_, [&](const CandidateKey& key) { return std::ranges::is_permutation(key.columns, names); });
  }

  const Table& table_;
  const TableProfile& profile_;
  const CodedSample& sample_;
  std::vector<CandidateKey> keys_;
};

}  // namespace

std::vector<CandidateKey> CandidateKeys(const Table& table, const TableProfile& profile, const CodedSample& sample) {
  return KeySearch(table, profile, sample).Run();
}

DuplicateRows FindDuplicateRows(const CodedSample& sample) {
  DuplicateRows duplicates{.basis = sample.all_rows ? Basis::all_rows : Basis::sample, .checked = sample.rows};
  std::vector<uint64_t> hashes(static_cast<size_t>(sample.rows), 0);
  for (const Dictionary& column : sample.columns) {
    for (size_t row = 0; row < hashes.size(); ++row) {
      const int32_t code = column.codes[row];
      hashes[row] =
          JoinHashes(hashes[row], code == Dictionary::kNull ? kNullHash : column.hashes[static_cast<size_t>(code)]);
    }
  }
  std::ranges::sort(hashes);
  for (size_t i = 1; i < hashes.size(); ++i) {
    if (hashes[i] != hashes[i - 1]) continue;
    ++duplicates.surplus;
    duplicates.groups += i == 1 || hashes[i - 2] != hashes[i] ? 1 : 0;
  }
  return duplicates;
}

}  // namespace migrateiq
