#include <map>

#include "pipeline/assess/detail/chapters.hpp"
#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::assess {

namespace {

/// "3 partial, 12 unique": how many have each property.
class Details {
 public:
  void Add(bool applies, const std::string& word) {
    if (applies) ++counts_[word];
  }
  std::string Text() const {
    std::string text;
    for (const auto& [word, count] : counts_) text += (text.empty() ? "" : ", ") + Number(count) + " " + word;
    return text;
  }

 private:
  std::map<std::string, int64_t> counts_;
};

InventoryLine Tables(const Catalog& catalog) {
  Details details;
  for (const Table& table : catalog.tables) {
    details.Add(!table.primary_key, "without primary key");
    details.Add(!table.partitioning.empty(), "partitioned");
    details.Add(!table.transactional, "not transactional");
  }
  return {"table", static_cast<int64_t>(catalog.tables.size()), details.Text()};
}

InventoryLine Columns(const Catalog& catalog) {
  int64_t count = 0;
  Details details;
  for (const Table& table : catalog.tables) {
    for (const CatalogColumn& column : table.columns) {
      ++count;
      details.Add(column.IsGenerated(), "generated");
      details.Add(column.identity != Identity::kNone, "numbered by the system");
      details.Add(column.default_sql.has_value(), "with a default");
    }
  }
  return {"column", count, details.Text()};
}

InventoryLine Indexes(const Catalog& catalog) {
  int64_t count = 0;
  Details details;
  for (const Table& table : catalog.tables) {
    for (const Index& index : table.indexes) {
      ++count;
      details.Add(index.unique, "unique");
      details.Add(!index.where.empty(), "partial");
      details.Add(index.method != "btree", index.method);
    }
  }
  return {"index", count, details.Text()};
}

InventoryLine ForeignKeys(const Catalog& catalog) {
  int64_t count = 0;
  Details details;
  for (const Table& table : catalog.tables) {
    for (const ForeignKey& key : table.foreign_keys) {
      ++count;
      details.Add(key.on_delete == FkAction::kCascade, "delete their rows with the parent");
      details.Add(!key.validated, "not validated");
    }
  }
  return {"foreign key", count, details.Text()};
}

int64_t CountOver(const Catalog& catalog, auto&& of_table) {
  int64_t count = 0;
  for (const Table& table : catalog.tables) count += of_table(table);
  return count;
}

}  // namespace

std::vector<InventoryLine> TakeInventory(const Context& context) {
  const Catalog& catalog = context.catalog;
  std::vector<InventoryLine> lines = {Tables(catalog), Columns(catalog)};
  lines.push_back(
      {"primary key", CountOver(catalog, [](const Table& table) { return table.primary_key ? 1 : 0; }), ""});
  lines.push_back(Indexes(catalog));
  lines.push_back(ForeignKeys(catalog));
  lines.push_back({"check", CountOver(catalog, [](const Table& table) { return table.checks.size(); }), ""});
  lines.push_back({"sequence", static_cast<int64_t>(catalog.sequences.size()), ""});
  lines.push_back({"enum type", static_cast<int64_t>(catalog.enums.size()), ""});
  std::map<std::string, int64_t> others;
  for (const OtherObject& other : catalog.others) ++others[other.kind];
  for (const char* always : {"view", "trigger", "routine"}) others.try_emplace(always, 0);
  for (const auto& [kind, count] : others) lines.push_back({kind, count, ""});
  return lines;
}

}  // namespace migrateiq::assess
