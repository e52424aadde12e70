#include <fstream>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "pipeline/semantic/detail/kinds.hpp"
#include "pipeline/semantic/detail/vocabulary.hpp"

namespace migrateiq::detail {
namespace {

struct Example {
  std::string kind;
  char sign = ' ';
  std::string value;
};

std::vector<Example> Examples() {
  std::ifstream file(MIQ_SOURCE_DIR "/backend/pipeline/semantic/data/examples.txt");
  std::vector<Example> examples;
  for (std::string line; std::getline(file, line);) {
    const size_t space = line.find(' ');
    if (line.starts_with('#') || space == std::string::npos || space + 3 > line.size()) continue;
    examples.push_back({line.substr(0, space), line[space + 1], line.substr(space + 3)});
  }
  return examples;
}

Fit TestOf(const Example& example) {
  return Kinds()[IndexOfKind(example.kind)].Test(MakeValue(example.value, WholeVocabulary()));
}

TEST(SemanticKinds, EachExampleIsToldAsItsSignSays) {
  for (const Example& example : Examples()) {
    ASSERT_LT(IndexOfKind(example.kind), Kinds().size()) << example.kind;
    const Fit fit = TestOf(example);
    const bool by_name = Kinds()[IndexOfKind(example.kind)].trust == Trust::kName;
    if (example.sign == '+') { EXPECT_EQ(fit, Fit::kStrong) << example.kind << " + " << example.value; }
    if (example.sign == '~') { EXPECT_NE(fit, Fit::kNo) << example.kind << " ~ " << example.value; }
    if (example.sign == '-') {
      EXPECT_NE(fit, Fit::kStrong) << example.kind << " - " << example.value;
      if (by_name) { EXPECT_EQ(fit, Fit::kNo) << example.kind << " - " << example.value; }
    }
  }
}

TEST(SemanticKinds, NoKindIsWithoutExamplesForAndAgainst) {
  std::map<std::string, std::pair<int, int>> counts;
  for (const Example& example : Examples())
    ++(example.sign == '-' ? counts[example.kind].second : counts[example.kind].first);
  for (const SemanticKind& kind : SemanticKinds()) {
    const auto [for_it, against] = counts[std::string(kind.id)];
    EXPECT_GT(for_it, 0) << kind.id << " has no example for it";
    EXPECT_GT(against, 0) << kind.id << " has no example against it";
  }
}

TEST(SemanticKinds, IdsAreStableTextAndUnique) {
  EXPECT_GE(SemanticKinds().size(), 60U);
  std::map<std::string_view, int> seen;
  for (const SemanticKind& kind : SemanticKinds()) {
    EXPECT_EQ(++seen[kind.id], 1) << kind.id;
    EXPECT_EQ(FindSemanticKind(kind.id), &kind);
    EXPECT_FALSE(kind.title.empty() || kind.group.empty()) << kind.id;
  }
  EXPECT_EQ(FindSemanticKind("no_such_kind"), nullptr);
}

}  // namespace
}  // namespace migrateiq::detail
