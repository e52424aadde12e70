#include <algorithm>

#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

void NamesCell(Markup& page, const std::vector<std::string>& names) {
  const auto cell = page.In("td");
  for (size_t i = 0; i < names.size(); ++i) page.Text(i > 0 ? ", " : "").Name(names[i]);
}

void WriteIndex(Markup& page, const std::string& table, const IndexProfile& index) {
  const auto row = page.In("tr", {{"data-row", "1"}});
  NameCell(page, table);
  page.Open("td").Name(index.name).Close();
  NamesCell(page, index.columns);
  page.Element("td", index.unique ? "yes" : "no");
  page.Element("td", index.method);
  TextCell(page, index.where);
}

size_t WriteIndexRows(Markup& page, const Assessment& assessment, size_t limit) {
  const DataTable table(page, "Indexes beside the primary keys",
                        {"Table", "Index", "Columns", "Unique", "Method", "Only rows where"});
  size_t shown = 0;
  for (const TableSummary& one : assessment.tables) {
    for (const IndexProfile& index : one.index_list) {
      if (shown == limit) return shown;
      WriteIndex(page, one.name, index);
      ++shown;
    }
  }
  return shown;
}

void WriteObject(Markup& page, const CatalogObject& object) {
  const auto row = page.In("tr", {{"data-row", "1"}});
  NameCell(page, object.name);
  page.Element("td", object.kind);
  std::vector<std::string> uses;
  for (const ObjectUse& use : object.uses) uses.push_back(use.name);
  NamesCell(page, uses);
}

void WriteSources(Markup& page, const std::vector<CatalogObject>& objects, const Limits& limits) {
  size_t room = limits.source_bytes;
  for (size_t i = 0; i < std::min(objects.size(), limits.items); ++i) {
    const CatalogObject& object = objects[i];
    if (object.source.empty()) continue;
    const auto details = page.In("details");
    page.Open("summary").Text(object.kind + " ").Name(object.name).Close();
    if (object.source.size() > room) {
      page.Element("p", "Its definition is in the JSON form.", {{"class", "soft small"}});
      continue;
    }
    room -= object.source.size();
    page.Element("pre", object.source);
  }
}

}  // namespace

void WriteIndexes(Markup& page, const Assessment& assessment, const Limits& limits) {
  size_t all = 0;
  for (const TableSummary& table : assessment.tables) all += table.index_list.size();
  if (all == 0) return;
  page.Open("details").Element("summary", "All indexes (" + assess::Number(static_cast<int64_t>(all)) + ")");
  const size_t shown = WriteIndexRows(page, assessment, limits.items);
  page.Close();
  SayRest(page, shown, all, "index");
}

void WriteObjects(Markup& page, const Assessment& assessment, const Limits& limits) {
  const std::vector<CatalogObject>& objects = assessment.objects;
  if (objects.empty()) return;
  page.Heading(3, "Views, triggers, routines and others");
  const size_t shown = std::min(objects.size(), limits.items);
  {
    const DataTable table(page, "What is no table, and what it uses", {"Object", "Kind", "Uses"});
    for (size_t i = 0; i < shown; ++i) WriteObject(page, objects[i]);
  }
  SayRest(page, shown, objects.size(), "object");
  if (assessment.target.empty()) WriteSources(page, objects, limits);  // else they stand with their conversion
}

}  // namespace migrateiq::html
