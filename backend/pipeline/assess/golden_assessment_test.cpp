#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "pipeline/assess/assess_test_support.hpp"

namespace migrateiq {
namespace {

const std::filesystem::path kGolden =
    std::filesystem::path(MIQ_SOURCE_DIR) / "backend/tests/golden/assessment/shop.json";

bool Rewrites() {
  const char* wish = std::getenv("MIQ_GOLDEN");
  return wish != nullptr && std::string_view(wish) == "rewrite";
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// One member of the document a line, so that a difference can be read.
std::string ByMember(std::string json) {
  size_t depth = 0;
  bool quoted = false;
  for (size_t at = 0; at < json.size(); ++at) {
    if (json[at] == '"' && json[at - 1] != '\\') quoted = !quoted;
    if (quoted) continue;
    depth += json[at] == '{' || json[at] == '[' ? 1 : 0;
    depth -= json[at] == '}' || json[at] == ']' ? 1 : 0;
    if (json[at] == ',' && depth <= 2) json[at + 1] = '\n';
  }
  return json + "\n";
}

/// A small shop with one trouble of several sorts.
test::Shop TroubledShop() {
  test::Shop shop;
  shop.targets = {"postgresql", "sqlite"};
  shop.Profiled(0, 1).semantic = test::Meaning("city", true);
  shop.Profiled(0, 1).top_values = {{"Ulm", 600, 0.6}, {"Bonn", 400, 0.4}};
  shop.Profiled(0, 2).findings = {{"zero_date", 3, "0000-00-00"}};
  shop.Profiled(1, 2).histogram = {{"0", "5", 0, 5, 700}, {"5", "10", 5, 10, 300}};
  shop.catalog.others.push_back({"trigger", "stock", "CREATE TRIGGER stock AFTER INSERT ON purchase ...", ""});
  shop.catalog.tables[1].indexes.push_back({.name = "by_weight", .parts = {{.column = "weight"}}});
  return shop;
}

TEST(GoldenAssessment, TheDocumentIsAsCheckedIn) {
  const std::string json = ByMember(AssessmentJson(TroubledShop().Assess()));
  if (Rewrites()) {
    std::filesystem::create_directories(kGolden.parent_path());
    std::ofstream(kGolden) << json;
  }
  EXPECT_EQ(ReadFile(kGolden), json) << kGolden << " is not up to date: ./dev golden";
}

}  // namespace
}  // namespace migrateiq
