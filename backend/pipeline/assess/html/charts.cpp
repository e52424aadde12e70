#include "pipeline/assess/html/charts.hpp"

#include <algorithm>

#include "pipeline/assess/detail/words.hpp"

namespace migrateiq::html {

namespace {

constexpr double kWide = 100, kHigh = 10;
constexpr double kSeen = 0.8;  ///< what is there at all is drawn at least so wide

void Rectangle(Markup& page, double x, double y, double width, double height, std::string_view style,
               std::string_view title = "") {
  const std::string at[] = {Coordinate(x), Coordinate(y), Coordinate(width), Coordinate(height)};
  if (title.empty()) {
    page.Void("rect", {{"x", at[0]}, {"y", at[1]}, {"width", at[2]}, {"height", at[3]}, {"class", style}});
    return;
  }
  const auto rectangle =
      page.In("rect", {{"x", at[0]}, {"y", at[1]}, {"width", at[2]}, {"height", at[3]}, {"class", style}});
  page.Element("title", title);
}

}  // namespace

std::string Coordinate(double value) { return assess::Decimal(value); }

void Bar(Markup& page, const std::vector<BarPart>& parts, std::string_view label) {
  const auto svg = page.In("svg", {{"class", "bar"},
                                   {"viewBox", "0 0 100 10"},
                                   {"preserveAspectRatio", "none"},
                                   {"role", "img"},
                                   {"aria-label", label}});
  double x = 0;
  for (const BarPart& part : parts) {
    if (part.share <= 0) continue;
    const double width = std::min(std::max(part.share * kWide, kSeen), kWide - x);
    Rectangle(page, x, 0, width, kHigh, part.style);
    x += width;
  }
}

void Histogram(Markup& page, const std::vector<Column>& columns, std::string_view label) {
  double most = 0;
  for (const Column& column : columns) most = std::max(most, column.share);
  const std::string box = "0 0 " + std::to_string(columns.size() * 10) + " 44";
  const auto svg = page.In(
      "svg",
      {{"class", "hist"}, {"viewBox", box}, {"preserveAspectRatio", "none"}, {"role", "img"}, {"aria-label", label}});
  for (size_t i = 0; i < columns.size(); ++i) {
    const double height = most > 0 ? columns[i].share / most * 42 : 0;
    const double shown = columns[i].share > 0 ? std::max(height, 1.0) : 0.4;
    const std::string title = columns[i].label.empty() ? assess::Percent(columns[i].share)
                                                       : columns[i].label + ": " + assess::Percent(columns[i].share);
    Rectangle(page, static_cast<double>(i) * 10 + 0.5, 44 - shown, 9, shown, "f1", title);
  }
}

void Whisker(Markup& page, double low, double expected, double high, std::string_view label) {
  const double scale = high > 0 ? 470 / high : 0;
  const auto x = [scale](double value) { return Coordinate(10 + value * scale); };
  const auto svg =
      page.In("svg", {{"class", "whisker"}, {"viewBox", "0 0 500 34"}, {"role", "img"}, {"aria-label", label}});
  const auto line = [&](const std::string& x1, std::string_view y1, const std::string& x2, std::string_view y2) {
    page.Void("line", {{"x1", x1}, {"y1", y1}, {"x2", x2}, {"y2", y2}});
  };
  line("10", "30", "490", "30");
  line(x(low), "14", x(high), "14");
  line(x(low), "7", x(low), "21");
  line(x(high), "7", x(high), "21");
  line("10", "26", "10", "34");
  page.Void("circle", {{"cx", x(expected)}, {"cy", "14"}, {"r", "6"}});
}

void Legend(Markup& page, const std::vector<LegendEntry>& entries) {
  const auto list = page.In("ul", {{"class", "legend"}});
  for (const LegendEntry& entry : entries) {
    const auto item = page.In("li");
    page.Open("svg", {{"viewBox", "0 0 10 10"}, {"aria-hidden", "true"}});
    page.Void("rect", {{"width", "10"}, {"height", "10"}, {"class", entry.style}}).Close();
    page.Text(entry.text);
  }
}

}  // namespace migrateiq::html
