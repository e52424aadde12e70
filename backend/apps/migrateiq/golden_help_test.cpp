#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "apps/migrateiq/application.hpp"

namespace migrateiq::cli {
namespace {

const std::filesystem::path kRoot = MIQ_SOURCE_DIR;

bool Rewrites() {
  const char* wish = std::getenv("MIQ_GOLDEN");
  return wish != nullptr && std::string_view(wish) == "rewrite";
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// Compares with the checked-in file, or writes it when MIQ_GOLDEN=rewrite.
void ExpectGolden(const std::filesystem::path& path, const std::string& text) {
  if (Rewrites()) {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << text;
  }
  EXPECT_EQ(ReadFile(path), text) << path << " is not up to date: ./dev golden";
}

std::string Page() {
  std::string page =
      "# The command line\n\nMade from the --help texts by `./dev golden`.\n\n"
      "Exit status: 0 all done and verified; 1 failed; 2 wrong usage or configuration; 3 done, but rows were "
      "quarantined\n"
      "(`rehearse`: would be rejected); 4 verification found a difference; 130 interrupted (state kept, resumable).\n";
  for (const auto& [name, help] : HelpTexts()) {
    page += "\n## migrateiq" + (name.empty() ? "" : " " + name) + "\n\n```\n" + help + "```\n";
  }
  return page;
}

TEST(GoldenHelp, EveryCommandsHelpIsAsCheckedIn) {
  for (const auto& [name, help] : HelpTexts()) {
    ExpectGolden(kRoot / "backend/tests/golden/help" / ((name.empty() ? "migrateiq" : name) + ".txt"), help);
  }
}

TEST(GoldenHelp, DocumentationIsMadeFromIt) { ExpectGolden(kRoot / "docs/cli.md", Page()); }

TEST(Help, EveryCommandHasAnExampleOfItself) {
  for (const auto& [name, help] : HelpTexts()) {
    const size_t example = help.find("Example:");
    ASSERT_NE(example, std::string::npos) << name;
    EXPECT_NE(help.find("migrateiq " + name, example), std::string::npos) << name;
  }
}

TEST(Help, EveryCommandHasTheCommonOptions) {
  for (const auto& [name, options] : CommandOptions()) {
    for (const std::string_view option : {"--json", "--quiet", "--log-level", "--state", "--help"})
      EXPECT_NE(std::ranges::find(options, option), options.end()) << name << " " << option;
    const bool works_here_only = name == "serve" || name == "admin" || name == "completion";
    for (const std::string_view option : {"--server", "--local"})
      EXPECT_EQ(std::ranges::find(options, option) == options.end(), works_here_only) << name << " " << option;
  }
}

}  // namespace
}  // namespace migrateiq::cli
