#include <algorithm>

#include "pipeline/assess/detail/sort.hpp"
#include "pipeline/assess/detail/words.hpp"
#include "pipeline/assess/html/charts.hpp"
#include "pipeline/assess/html/graph_layout.hpp"
#include "pipeline/assess/html/sections.hpp"

namespace migrateiq::html {

namespace {

using assess::Number;
constexpr size_t kLargest = 12;

void WriteKinds(Markup& page, const Assessment& assessment) {
  const DataTable table(page, "Objects by kind", {"Kind", "Count#", "Of these"});
  for (const InventoryLine& line : assessment.inventory) {
    const auto row = page.In("tr");
    page.Element("th", assess::Plural(line.kind), {{"scope", "row"}});
    NumberCell(page, Number(line.count));
    TextCell(page, line.detail);
  }
}

std::vector<const TableSummary*> Largest(const Assessment& assessment) {
  std::vector<const TableSummary*> tables;
  for (const TableSummary& table : assessment.tables) tables.push_back(&table);
  assess::SortStable(tables, std::ranges::greater(), &TableSummary::bytes);
  tables.resize(std::min(tables.size(), kLargest));
  return tables;
}

void WriteLargest(Markup& page, const Assessment& assessment) {
  const std::vector<const TableSummary*> largest = Largest(assessment);
  if (largest.empty() || largest.front()->bytes <= 0) return;
  const auto most = static_cast<double>(largest.front()->bytes);
  const DataTable table(page, "Where the data is: the largest tables",
                        {"Table", "Share of the largest", "Size#", "Rows#"});
  for (const TableSummary* one : largest) {
    const auto row = page.In("tr");
    NameCell(page, one->name);
    page.Open("td", {{"class", "barcell"}});
    Bar(page, {{static_cast<double>(std::max<int64_t>(one->bytes, 0)) / most, "f1"}}, assess::Bytes(one->bytes));
    page.Close();
    NumberCell(page, assess::Bytes(one->bytes));
    NumberCell(page, Number(one->rows));
  }
}

void WriteTableRow(Markup& page, const TableSummary& table) {
  const auto row = page.In("tr", {{"data-row", "1"}});
  NameCell(page, table.name);
  NumberCell(page, (table.rows_exact || table.rows < 0 ? "" : "~ ") + Number(table.rows));
  NumberCell(page, assess::Bytes(table.bytes));
  NumberCell(page, Number(table.columns));
  page.Open("td");
  if (table.key.empty())
    page.Element("span", "none", {{"class", "soft"}});
  else
    page.Name(table.key);
  page.Close();
  NumberCell(page, Number(table.indexes));
  NumberCell(page, Number(table.foreign_keys));
  NumberCell(page, Number(table.referenced_by));
  NumberCell(page, assess::Decimal(table.complexity, 1));
  NumberCell(page, table.quality ? assess::Percent(*table.quality) : "\u2013");
  page.Open("td");
  if (table.risks > 0) Badge(page, table.worst);
  page.Close();
}

void WriteTables(Markup& page, const Assessment& assessment, size_t shown) {
  const DataTable table(page, "All tables",
                        {"Table", "Rows#", "Size#", "Columns#", "Key", "Indexes#", "Refers to#", "Referred by#",
                         "Complexity#", "Quality#", "Gravest risk"},
                        "all-tables");
  for (size_t i = 0; i < shown; ++i) WriteTableRow(page, assessment.tables[i]);
}

}  // namespace

void WriteInventory(Markup& page, const Assessment& assessment, const Limits& limits) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "inventory"}});
  page.Heading(2, "Inventory", "inventory");
  page.Open("div", {{"class", "two"}});
  page.Open("div");
  WriteKinds(page, assessment);
  page.Close().Open("div");
  WriteLargest(page, assessment);
  page.Close().Close();
  const size_t shown = std::min(limits.tables, assessment.tables.size());
  if (shown > 20) Filter(page, "all-tables", "Filter tables");
  WriteTables(page, assessment, shown);
  WriteIndexes(page, assessment, limits);
  WriteObjects(page, assessment, limits);
}

namespace {

/// About so many columns of a terminal: wide scripts take two.
std::string FitName(const std::string& name, size_t wide) {
  size_t width = 0, at = 0;
  while (at < name.size()) {
    const auto lead = static_cast<unsigned char>(name[at]);
    const size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    width += length >= 3 ? 2 : 1;
    if (width > wide) return name.substr(0, at) + "\u2026";
    at += length;
  }
  return name;
}

void WriteEdge(Markup& page, const GraphLayout& layout, const PlacedEdge& edge) {
  const PlacedTable &child = layout.tables[edge.child], &parent = layout.tables[edge.parent];
  const bool below = child.y > parent.y;
  const double x1 = child.x + kNodeWidth / 2, y1 = below ? child.y : child.y + kNodeHeight;
  const double x2 = parent.x + kNodeWidth / 2, y2 = below ? parent.y + kNodeHeight : parent.y;
  const double bend = std::max(18.0, std::abs(y1 - y2) / 2);
  const double end = below ? y2 + 6 : y2 - 6;
  const auto c = [](double value) { return Coordinate(value); };
  const std::string path = "M" + c(x1) + " " + c(y1) + "C" + c(x1) + " " + c(below ? y1 - bend : y1 + bend) + " " +
                           c(x2) + " " + c(below ? end + bend : end - bend) + " " + c(x2) + " " + c(end);
  const std::string tip = "M" + c(x2) + " " + c(y2) + "l-4 " + (below ? "7" : "-7") + "h8z";
  const std::string style = std::string("edge") + (edge.declared ? "" : " found") + (edge.broken ? " broken" : "");
  page.Void("path", {{"class", style}, {"d", path}});
  page.Void("path", {{"class", edge.broken ? "arrow broken" : "arrow"}, {"d", tip}});
}

void WriteNode(Markup& page, const PlacedTable& table) {
  const std::string x = Coordinate(table.x), y = Coordinate(table.y), inner = Coordinate(table.x + 9);
  const std::string first = Coordinate(table.y + 16), second = Coordinate(table.y + 30);
  const auto group = page.In("g", {{"class", "node"}});
  page.Element("title", table.name);
  page.Void("rect", {{"x", x}, {"y", y}, {"width", "158"}, {"height", "38"}, {"rx", "5"}});
  page.Element("text", FitName(table.name, 22),
               {{"x", inner}, {"y", first}, {"font-size", "11.5"}, {"font-weight", "600"}});
  page.Element("text", table.rows < 0 ? "rows unknown" : assess::Count(table.rows, "row"),
               {{"class", "rows"}, {"x", inner}, {"y", second}});
}

void WriteGraph(Markup& page, const Assessment& assessment) {
  const GraphLayout layout = LayOut(assessment);
  if (layout.tables.empty()) {
    page.Element("p", "No table refers to another one, neither by declaration nor by its values.");
    return;
  }
  const std::string box = "0 0 " + Coordinate(layout.width) + " " + Coordinate(layout.height);
  const std::string label = "Tables and their references: " + std::to_string(layout.tables.size()) + " tables, " +
                            std::to_string(layout.edges.size()) + " references; the list below says the same in words";
  page.Open("div",
            {{"class", "graph"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", "Picture of the references"}});
  page.Open("svg", {{"viewBox", box}, {"role", "img"}, {"aria-label", label}});
  for (const PlacedEdge& edge : layout.edges) WriteEdge(page, layout, edge);
  for (const PlacedTable& table : layout.tables) WriteNode(page, table);
  page.Close().Close();
  page.Element("p",
               "An arrow points from a table to the one that it refers to. Dashed: found in the values, not declared. "
               "Red and thick: rows whose parent is missing.",
               {{"class", "soft small"}});
  SayRest(page, layout.tables.size(), layout.tables.size() + layout.left_out, "related table");
}

void WriteAlone(Markup& page, const Assessment& assessment) {
  const std::vector<std::string> alone = LayOut(assessment).alone;
  if (alone.empty()) return;
  const auto paragraph = page.In("p");
  page.Text(assess::Count(static_cast<int64_t>(alone.size()), "table") + " without any reference: ");
  for (size_t i = 0; i < std::min<size_t>(alone.size(), 40); ++i) {
    if (i > 0) page.Text(", ");
    page.Name(alone[i]);
  }
  if (alone.size() > 40) page.Text(" ...");
}

std::string Joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

void WriteReferences(Markup& page, const std::vector<Dependency>& edges, size_t shown) {
  const DataTable table(page, "References", {"From", "Columns", "To", "Declared", "Rows without a parent#"});
  for (size_t i = 0; i < shown; ++i) {
    const auto row = page.In("tr", {{"data-row", "1"}});
    NameCell(page, edges[i].child);
    page.Open("td").Name(Joined(edges[i].columns)).Close();
    page.Open("td").Name(edges[i].parent).Text(" (").Name(Joined(edges[i].parent_columns)).Text(")").Close();
    page.Element("td", edges[i].declared ? "yes" : "no, found (" + assess::Percent(edges[i].confidence) + ")");
    NumberCell(page, edges[i].orphans < 0 ? "\u2013" : Number(edges[i].orphans));
  }
}

}  // namespace

void WriteDependencies(Markup& page, const Assessment& assessment, const Limits& limits) {
  const auto section = page.In("section", {{"class", "chapter"}, {"aria-labelledby", "dependencies"}});
  page.Heading(2, "Dependencies", "dependencies");
  WriteGraph(page, assessment);
  WriteAlone(page, assessment);
  for (const std::vector<std::string>& ring : assessment.dependencies.cycles) {
    page.Open("p").Text("A ring, loaded with its foreign keys added afterwards: ").Name(Joined(ring)).Text(".").Close();
  }
  const std::vector<Dependency>& edges = assessment.dependencies.edges;
  if (edges.empty()) return;
  const size_t shown = std::min(edges.size(), limits.items);
  page.Open("details").Element(
      "summary", "All references in words (" + assess::Count(static_cast<int64_t>(edges.size()), "reference") + ")");
  WriteReferences(page, edges, shown);
  page.Close();
  SayRest(page, shown, edges.size(), "reference");
}

}  // namespace migrateiq::html
