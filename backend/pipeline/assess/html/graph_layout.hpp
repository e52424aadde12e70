#pragma once

#include <string>
#include <vector>

#include "pipeline/assess/assessment.hpp"

namespace migrateiq::html {

struct PlacedTable {
  std::string name;
  int64_t rows = -1;
  double x = 0, y = 0;  ///< its upper left corner
};

struct PlacedEdge {
  size_t child = 0, parent = 0;  ///< places in `tables`
  bool declared = true, broken = false;
};

/// A picture of tables in rows: parents above their children, wherever the references form no ring.
struct GraphLayout {
  std::vector<PlacedTable> tables;
  std::vector<PlacedEdge> edges;
  double width = 0, height = 0;
  size_t left_out = 0;             ///< related tables beyond the most that is drawn
  std::vector<std::string> alone;  ///< tables that nothing ties to another one
};

inline constexpr double kNodeWidth = 158, kNodeHeight = 38;
inline constexpr size_t kMostNodes = 60;  ///< of more, those with the most references are drawn

GraphLayout LayOut(const Assessment& assessment);

}  // namespace migrateiq::html
