#include "pipeline/connector/files/claim_file.hpp"

#include <gtest/gtest.h>

#include <optional>

#include "tests/support/temporary_folder.hpp"

namespace migrateiq::files {
namespace {

TEST(ClaimFile, OneHolderForAName) {
  const test_support::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "claims";
  std::optional<ClaimFile> first(std::in_place, path);
  ClaimFile second(path);
  EXPECT_EQ(true, first->Claim("a"));
  EXPECT_EQ(true, first->Claim("a")) << "what is held may be claimed again";
  EXPECT_EQ(false, second.Claim("a"));
  EXPECT_EQ(true, second.Claim("b"));
  EXPECT_EQ(false, first->Claim("b"));
  first.reset();
  EXPECT_TRUE(std::filesystem::exists(path)) << "the other one still needs it";
  EXPECT_EQ(true, second.Claim("a"));
}

TEST(ClaimFile, TheLastHolderRemovesTheFile) {
  const test_support::TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "claims";
  { EXPECT_EQ(true, ClaimFile(path).Claim("a")); }
  EXPECT_FALSE(std::filesystem::exists(path));
  ClaimFile late(path);
  EXPECT_EQ(true, late.Claim("a"));
  std::filesystem::remove(path);
  EXPECT_EQ(true, late.Claim("a")) << "a file that somebody removed is made anew";
  EXPECT_TRUE(std::filesystem::exists(path));
}

TEST(ClaimFile, WhereNothingCanBeWrittenNothingIsProtected) {
  EXPECT_EQ(true, ClaimFile("/nonexistent/claims").Claim("a"));
}

}  // namespace
}  // namespace migrateiq::files
