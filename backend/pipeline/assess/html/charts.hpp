#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/assess/html/markup.hpp"

/// Small charts as inline SVG. Each says in words what it shows; colours come from the style sheet's classes.
namespace migrateiq::html {

struct BarPart {
  double share = 0;        ///< of the whole bar
  std::string_view style;  ///< "f1" ... "f5"
};

/// A bar as wide as its place; parts from the start on. `label` is for those who do not see it.
void Bar(Markup& page, const std::vector<BarPart>& parts, std::string_view label);

struct Column {
  std::string label;  ///< may be empty
  double share = 0;
};
/// Columns side by side, the highest as high as the place.
void Histogram(Markup& page, const std::vector<Column>& columns, std::string_view label);

/// Low, expected and high on a line from 0 to a little beyond `high`.
void Whisker(Markup& page, double low, double expected, double high, std::string_view label);

struct LegendEntry {
  std::string_view style, text;
};
void Legend(Markup& page, const std::vector<LegendEntry>& entries);

/// "12.5", for coordinates.
std::string Coordinate(double value);

}  // namespace migrateiq::html
