#include "modules/projects/plans/text_diff.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

namespace migrateiq::projects {

namespace {

using Lines = std::vector<std::string_view>;

constexpr size_t kContext = 3;
/// Above this the middle is shown as replaced altogether: the table of lengths would be too large.
constexpr size_t kMostCells = 16'000'000;

enum class Mark : char { kSame = ' ', kGone = '-', kNew = '+' };
struct Step {
  Mark mark;
  std::string_view line;
};

Lines Split(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return lines;
}

/// Lengths of the longest common subsequences of what follows each pair of places.
std::vector<uint32_t> CommonLengths(std::span<const std::string_view> a, std::span<const std::string_view> b) {
  const size_t width = b.size() + 1;
  std::vector<uint32_t> lengths((a.size() + 1) * width, 0);
  for (size_t i = a.size(); i-- > 0;) {
    for (size_t j = b.size(); j-- > 0;) {
      lengths[i * width + j] = a[i] == b[j] ? lengths[(i + 1) * width + j + 1] + 1
                                            : std::max(lengths[(i + 1) * width + j], lengths[i * width + j + 1]);
    }
  }
  return lengths;
}

void Replace(std::span<const std::string_view> a, std::span<const std::string_view> b, std::vector<Step>& steps) {
  for (const std::string_view line : a) steps.push_back({Mark::kGone, line});
  for (const std::string_view line : b) steps.push_back({Mark::kNew, line});
}

void Compare(std::span<const std::string_view> a, std::span<const std::string_view> b, std::vector<Step>& steps) {
  if ((a.size() + 1) * (b.size() + 1) > kMostCells) return Replace(a, b, steps);
  const std::vector<uint32_t> lengths = CommonLengths(a, b);
  const size_t width = b.size() + 1;
  size_t i = 0, j = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j]) {
      steps.push_back({Mark::kSame, a[i]});
      ++i, ++j;
    } else if (lengths[(i + 1) * width + j] >= lengths[i * width + j + 1]) {
      steps.push_back({Mark::kGone, a[i++]});
    } else {
      steps.push_back({Mark::kNew, b[j++]});
    }
  }
  Replace(a.subspan(i), b.subspan(j), steps);
}

std::vector<Step> StepsBetween(const Lines& a, const Lines& b) {
  const size_t shorter = std::min(a.size(), b.size());
  size_t head = 0, tail = 0;
  while (head < shorter && a[head] == b[head]) ++head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  std::vector<Step> steps;
  for (size_t i = 0; i < head; ++i) steps.push_back({Mark::kSame, a[i]});
  Compare(std::span(a).subspan(head, a.size() - head - tail), std::span(b).subspan(head, b.size() - head - tail),
          steps);
  for (size_t i = a.size() - tail; i < a.size(); ++i) steps.push_back({Mark::kSame, a[i]});
  return steps;
}

/// Steps [begin, end) with a common header.
struct Hunk {
  size_t begin = 0, end = 0;
};

std::vector<Hunk> HunksOf(const std::vector<Step>& steps) {
  std::vector<Hunk> hunks;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (steps[i].mark == Mark::kSame) continue;
    const size_t begin = i > kContext ? i - kContext : 0, end = std::min(i + 1 + kContext, steps.size());
    if (!hunks.empty() && begin <= hunks.back().end)
      hunks.back().end = end;
    else
      hunks.push_back({begin, end});
  }
  return hunks;
}

std::string RangeText(size_t before, size_t count) {
  return std::to_string(count == 0 ? before : before + 1) + "," + std::to_string(count);
}

size_t CountWithout(std::span<const Step> steps, Mark mark) {
  return static_cast<size_t>(std::ranges::count_if(steps, [mark](const Step& step) { return step.mark != mark; }));
}

}  // namespace

std::string UnifiedDiff(std::string_view from, std::string_view to, const std::string& from_name,
                        const std::string& to_name) {
  const Lines a = Split(from), b = Split(to);
  const std::vector<Step> steps = StepsBetween(a, b);
  const std::span<const Step> all(steps);
  std::string text;
  for (const Hunk& hunk : HunksOf(steps)) {
    const auto before = all.first(hunk.begin), inside = all.subspan(hunk.begin, hunk.end - hunk.begin);
    text += "@@ -" + RangeText(CountWithout(before, Mark::kNew), CountWithout(inside, Mark::kNew)) + " +" +
            RangeText(CountWithout(before, Mark::kGone), CountWithout(inside, Mark::kGone)) + " @@\n";
    for (const Step& step : inside) (text += static_cast<char>(step.mark)).append(step.line) += '\n';
  }
  return text.empty() ? text : "--- " + from_name + "\n+++ " + to_name + "\n" + text;
}

}  // namespace migrateiq::projects
