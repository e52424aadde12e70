#include "pipeline/assess/html/graph_layout.hpp"
#include "pipeline/assess/detail/sort.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

namespace migrateiq::html {

namespace {

constexpr size_t kInRow = 5;
constexpr double kGapX = 22, kGapY = 46, kMargin = 6;
constexpr int kSweeps = 4;

using Names = std::set<std::string>;

std::map<std::string, int> Degrees(const Assessment& assessment) {
  std::map<std::string, int> degrees;
  for (const TableSummary& table : assessment.tables) degrees[table.name] = 0;
  for (const Dependency& edge : assessment.dependencies.edges) {
    if (edge.child == edge.parent || !degrees.contains(edge.child) || !degrees.contains(edge.parent)) continue;
    ++degrees[edge.child];
    ++degrees[edge.parent];
  }
  return degrees;
}

/// The tables that are drawn, and in `layout` what is not.
Names Choose(const Assessment& assessment, GraphLayout& layout) {
  std::vector<std::pair<int, std::string>> related;
  for (const auto& [name, degree] : Degrees(assessment)) {
    if (degree == 0)
      layout.alone.push_back(name);
    else
      related.emplace_back(-degree, name);
  }
  std::ranges::sort(related);
  layout.left_out = related.size() > kMostNodes ? related.size() - kMostNodes : 0;
  related.resize(related.size() - layout.left_out);
  Names chosen;
  for (auto& [degree, name] : related) chosen.insert(std::move(name));
  return chosen;
}

/// Rows of tables by depth: below all their parents. Load order makes parents come first, rings aside.
class Layers {
 public:
  Layers(const Assessment& assessment, const Names& chosen) {
    std::map<std::string, size_t> order;
    for (const std::string& name : assessment.dependencies.load_order) order.emplace(name, order.size());
    for (const Dependency& edge : assessment.dependencies.edges) {
      if (edge.child == edge.parent || !chosen.contains(edge.child) || !chosen.contains(edge.parent)) continue;
      if (order[edge.parent] < order[edge.child]) parents_[edge.child].insert(edge.parent);
      neighbours_[edge.child].insert(edge.parent);
      neighbours_[edge.parent].insert(edge.child);
    }
    for (const std::string& name : assessment.dependencies.load_order) {
      if (chosen.contains(name)) Place(name);
    }
  }

  size_t size() const { return layers_.size(); }

  /// Each row at most kInRow tables, those with common neighbours near to each other.
  std::vector<std::vector<std::string>> Rows() {
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
      for (std::vector<std::string>& row : layers_) SortByNeighbours(row);
    }
    std::vector<std::vector<std::string>> rows;
    for (const std::vector<std::string>& layer : layers_) Split(layer, rows);
    return rows;
  }

 private:
  void Place(const std::string& name) {
    size_t depth = 0;
    for (const std::string& parent : parents_[name]) {
      const auto found = depth_.find(parent);
      if (found != depth_.end()) depth = std::max(depth, found->second + 1);
    }
    depth_[name] = depth;
    if (layers_.size() <= depth) layers_.resize(depth + 1);
    position_[name] = static_cast<double>(layers_[depth].size());
    layers_[depth].push_back(name);
  }

  double Middle(const std::string& name) {
    const Names& around = neighbours_[name];
    double sum = 0;
    for (const std::string& other : around) {
      sum += position_[other] / static_cast<double>(layers_[depth_[other]].size());
    }
    return around.empty() ? 0 : sum / static_cast<double>(around.size());
  }

  void SortByNeighbours(std::vector<std::string>& row) {
    std::map<std::string, double> middle;
    for (const std::string& name : row) middle[name] = Middle(name);
    assess::SortStable(row, [&](const std::string& a, const std::string& b) { return middle[a] < middle[b]; });
    for (size_t i = 0; i < row.size(); ++i) position_[row[i]] = static_cast<double>(i);
  }

  static void Split(const std::vector<std::string>& layer, std::vector<std::vector<std::string>>& rows) {
    const size_t pieces = (layer.size() + kInRow - 1) / kInRow;
    size_t at = 0;
    for (size_t piece = 0; piece < pieces; ++piece) {
      const size_t end = layer.size() * (piece + 1) / pieces;
      rows.emplace_back(layer.begin() + static_cast<std::ptrdiff_t>(at),
                        layer.begin() + static_cast<std::ptrdiff_t>(end));
      at = end;
    }
  }

  std::map<std::string, Names> parents_, neighbours_;
  std::map<std::string, size_t> depth_;
  std::map<std::string, double> position_;
  std::vector<std::vector<std::string>> layers_;
};

double WidthOf(size_t tables) { return static_cast<double>(tables) * (kNodeWidth + kGapX) - kGapX; }

/// Where a row begins. Layers that were cut into several rows would seem to end references at the tables of the rows
/// between: then every second row is moved by half a table, so that lines pass through the gaps.
double BeginOf(size_t row, size_t tables, size_t most, bool cut) {
  if (!cut) return (WidthOf(std::max<size_t>(most, 4)) - WidthOf(tables)) / 2;
  const double pitch = kNodeWidth + kGapX;
  const size_t places = (most - tables) / 2;  // whole ones, so that the rows stand under each other
  return pitch * static_cast<double>(places) + (row % 2 == 1 ? pitch / 2 : 0);
}

void PlaceRows(const std::vector<std::vector<std::string>>& rows, bool cut, GraphLayout& layout) {
  size_t most = 0;
  for (const auto& row : rows) most = std::max(most, row.size());
  layout.width = WidthOf(std::max<size_t>(most, 4)) + 2 * kMargin + (cut ? (kNodeWidth + kGapX) / 2 : 0);
  double y = kMargin;
  for (size_t r = 0; r < rows.size(); ++r) {
    double x = kMargin + BeginOf(r, rows[r].size(), most, cut);
    for (const std::string& name : rows[r]) {
      layout.tables.push_back({name, -1, x, y});
      x += kNodeWidth + kGapX;
    }
    y += kNodeHeight + kGapY;
  }
  layout.height = y - kGapY + kMargin;
}

void AddEdges(const Assessment& assessment, GraphLayout& layout) {
  std::map<std::string, size_t> place;
  for (size_t i = 0; i < layout.tables.size(); ++i) place[layout.tables[i].name] = i;
  for (const Dependency& edge : assessment.dependencies.edges) {
    const auto child = place.find(edge.child), parent = place.find(edge.parent);
    if (child == place.end() || parent == place.end() || child == parent) continue;
    layout.edges.push_back({child->second, parent->second, edge.declared, edge.orphans > 0});
  }
  for (const TableSummary& table : assessment.tables) {
    if (const auto found = place.find(table.name); found != place.end()) layout.tables[found->second].rows = table.rows;
  }
}

}  // namespace

GraphLayout LayOut(const Assessment& assessment) {
  GraphLayout layout;
  const Names chosen = Choose(assessment, layout);
  if (chosen.empty()) return layout;
  Layers layers(assessment, chosen);
  const auto rows = layers.Rows();
  PlaceRows(rows, rows.size() > layers.size(), layout);
  AddEdges(assessment, layout);
  return layout;
}

}  // namespace migrateiq::html
