#include <algorithm>

#include "pipeline/suite/detail/key_text.hpp"
#include "pipeline/suite/detail/probes.hpp"

namespace migrateiq::detail {

namespace {

std::string Joined(const std::vector<std::string>& parts, const char* between) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : between) + part;
  return all;
}

std::vector<std::string> KeysIn(const AskedTable& table, const std::vector<const CatalogColumn*>& columns) {
  std::vector<std::string> keys;
  for (const CatalogColumn* column : columns) {
    const std::optional<std::string> key = table.Column(*column).Key();
    if (!key) return {};
    keys.push_back(*key);
  }
  return keys;
}

std::string AllThere(const std::vector<std::string>& keys) {
  std::vector<std::string> conditions;
  for (const std::string& key : keys) conditions.push_back(key + " IS NOT NULL");
  return "(" + Joined(conditions, " AND ") + ")";
}

}  // namespace

DistinctProbe::DistinctProbe(AskedTable asked, std::vector<const CatalogColumn*> of, int samples)
    : Probe(std::move(asked)), samples_(samples) {
  columns = std::move(of);
}

std::optional<Question> DistinctProbe::Ask() const {
  const std::vector<std::string> keys = KeysIn(table, columns);
  if (keys.empty()) return std::nullopt;
  Question question;
  question.aggregates.push_back("SUM(CASE WHEN " + AllThere(keys) + " THEN 1 ELSE 0 END)");
  if (keys.size() == 1)
    question.aggregates.push_back("COUNT(DISTINCT " + keys[0] + ")");
  else
    question.queries.push_back("SELECT COUNT(*) FROM (SELECT 1 AS one" + table.From(AllThere(keys)) + " GROUP BY " +
                               Joined(keys, ", ") + ") AS q");
  return question;
}

Status DistinctProbe::Take(const Answer& answer) {
  valued = CountOf(answer.aggregates.at(0));
  distinct = CountOf(answer.queries.empty() ? answer.aggregates.at(1) : answer.queries[0].at(0).at(0));
  return {};
}

std::string DistinctProbe::BrokenRows() const {
  const std::vector<std::string> keys = KeysIn(table, columns);
  if (keys.empty()) return "";
  const std::string list = Joined(keys, ", ");
  return (keys.size() == 1 ? list : "(" + list + ")") + " IN (SELECT " + list + table.From(AllThere(keys)) +
         " GROUP BY " + list + " HAVING COUNT(*) > 1)";
}

Status DistinctProbe::Gather(const Batch& batch) {
  if (!keys_) {
    MIQ_ASSIGN(spill_, SpillFile::Make());
    keys_ = std::make_unique<KeySet>(*spill_);
  }
  MIQ_ASSIGN(const int64_t added, AddKeys(batch, columns, KeyForm::kOwnType, *keys_));
  valued += added;
  return {};
}

Status DistinctProbe::Finish() {
  if (!keys_) return {};
  MIQ_TRY(keys_->Finish());
  MIQ_ASSIGN(KeySet::Cursor cursor, keys_->Open());
  std::optional<KeyRecord> last;
  bool told = false;
  while (true) {
    MIQ_ASSIGN(const KeyRecord* next, cursor.Next());
    if (next == nullptr) return {};
    const bool again = last && last->SameKey(*next);
    if (!again) {
      ++distinct;
      told = false;
    } else if (!told && std::cmp_less(samples.size(), samples_)) {
      told = true;
      MIQ_ASSIGN(std::string text, keys_->Text(*next));
      samples.push_back({.key = {}, .value = std::move(text)});
    }
    last = *next;
  }
}

// --- values that are found again
// ---------------------------------------------------------------------------------------

KeysProbe::KeysProbe(AskedTable asked, std::vector<const CatalogColumn*> of) : Probe(std::move(asked)) {
  columns = std::move(of);
}

Status KeysProbe::Gather(const Batch& batch) {
  if (!keys_) {
    MIQ_ASSIGN(spill_, SpillFile::Make());
    keys_ = std::make_unique<KeySet>(*spill_);
  }
  MIQ_ASSIGN(const int64_t added, AddKeys(batch, columns, KeyForm::kAnyType, *keys_));
  valued += added;
  return {};
}

Status KeysProbe::Compare(const KeysProbe& parents, int wanted) {
  if (!keys_) return {};
  MIQ_ASSIGN(KeySet::Cursor children, keys_->Open());
  std::optional<KeySet::Cursor> others;
  const KeyRecord* parent = nullptr;
  if (parents.keys_) {
    MIQ_ASSIGN(others, parents.keys_->Open());
    MIQ_ASSIGN(parent, others->Next());
  }
  const auto before = [](const KeyRecord& a, const KeyRecord& b) {
    return std::pair(a.high, a.low) < std::pair(b.high, b.low);
  };
  while (true) {
    MIQ_ASSIGN(const KeyRecord* child, children.Next());
    if (child == nullptr) return {};
    while (parent != nullptr && before(*parent, *child)) { MIQ_ASSIGN(parent, others->Next()); }
    if (parent != nullptr && parent->SameKey(*child)) continue;
    ++orphans;
    if (std::cmp_greater_equal(samples.size(), wanted)) continue;
    MIQ_ASSIGN(std::string text, keys_->Text(*child));
    if (std::ranges::find(samples, text, &CheckSample::value) == samples.end())
      samples.push_back({.key = {}, .value = std::move(text)});
  }
}

// --- the same in SQL ------------------------------------------------------------------------------------------------

OrphanProbe::OrphanProbe(AskedTable child, std::vector<const CatalogColumn*> of, AskedTable parent,
                         std::vector<const CatalogColumn*> parent_columns)
    : Probe(std::move(child)), parent_(std::move(parent)), parent_columns_(std::move(parent_columns)) {
  columns = std::move(of);
}

bool OrphanProbe::Possible(const AskedTable& child, const std::vector<const CatalogColumn*>& columns,
                           const AskedTable& parent, const std::vector<const CatalogColumn*>& parent_columns) {
  if (child.system != parent.system) return false;
  for (size_t i = 0; i < columns.size(); ++i) {
    const AskedColumn own = child.Column(*columns[i]), other = parent.Column(*parent_columns[i]);
    const bool exact = own.Class() == ValueClass::kInteger || own.Class() == ValueClass::kUuid;
    const bool text = own.Class() == ValueClass::kText && own.sql->longest_key == 0;
    if (own.Class() != other.Class() || !(exact || text)) return false;
  }
  return true;
}

std::optional<Question> OrphanProbe::Ask() const {
  return Question{.aggregates = {"SUM(CASE WHEN " + AllThere(KeysIn(table, columns)) + " THEN 1 ELSE 0 END)"},
                  .queries = {"SELECT COUNT(*)" + FromOrphans({})}};
}

Status OrphanProbe::Take(const Answer& answer) {
  valued = CountOf(answer.aggregates.at(0));
  orphans = CountOf(answer.queries.at(0).at(0).at(0));
  return {};
}

/// An outer join of the two, because every engine does that in one pass.
std::string OrphanProbe::FromOrphans(const std::vector<std::string>& also) const {
  const std::vector<std::string> keys = KeysIn(table, columns), others = KeysIn(parent_, parent_columns_);
  std::vector<std::string> child, parent, equal;
  for (size_t i = 0; i < keys.size(); ++i) {
    const std::string number = std::to_string(i);
    child.push_back(keys[i] + " AS c" + number);
    parent.push_back(others[i] + " AS p" + number);
    equal.push_back("parent.p" + number + " = child.c" + number);
  }
  for (size_t i = 0; i < also.size(); ++i) child.push_back(also[i] + " AS k" + std::to_string(i));
  return " FROM (SELECT " + Joined(child, ", ") + table.From(AllThere(keys)) +
         ") AS child LEFT JOIN (SELECT DISTINCT " + Joined(parent, ", ") + parent_.From(AllThere(others)) +
         ") AS parent ON " + Joined(equal, " AND ") + " WHERE parent.p0 IS NULL";
}

std::string OrphanProbe::SampleQuery(const std::vector<std::string>& key, int most) const {
  std::vector<std::string> quoted, shown;
  for (size_t i = 0; i < key.size(); ++i) {
    quoted.push_back(table.dialect().Quote(key[i]));
    shown.push_back("child.k" + std::to_string(i));
  }
  for (size_t i = 0; i < columns.size(); ++i) shown.push_back("child.c" + std::to_string(i));
  return "SELECT " + Joined(shown, ", ") + FromOrphans(quoted) + " LIMIT " + std::to_string(most);
}

}  // namespace migrateiq::detail
