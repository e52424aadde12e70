#include "base/server_fix.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "base/errors/all.hpp"

namespace migrateiq {
namespace {

constexpr ErrorCode kAll[] = {
#define MIQ_ERROR(name, code, title, fix) codes::name,
#include "base/errors/all.def"
#undef MIQ_ERROR
};

/// Met only where the program is started, or what they name is done there.
const std::set<std::string_view> kOfTheCommandLine{
    codes::kStateOpen.code,  codes::kServerListen.code, codes::kAuthSetup.code,
    codes::kMatchInput.code, codes::kProfileJson.code,
};

bool NamesCommands(std::string_view fix) {
  return fix.find("--") != std::string_view::npos || fix.find("`migrateiq") != std::string_view::npos;
}

TEST(ServerFix, NamesNoCommandsAndFlags) {
  for (const ErrorCode& code : kAll) {
    if (kOfTheCommandLine.contains(code.code)) continue;
    const std::string fix(ServerFix(Error(code, "")));
    EXPECT_FALSE(NamesCommands(fix)) << code.code << ": " << fix << "\nAdd it to base/errors/server_fix.def.";
    EXPECT_FALSE(fix.empty()) << code.code;
  }
}

TEST(ServerFix, LeavesAdviceForTheSituation) {
  EXPECT_EQ(ServerFix(Error(codes::kSchemaExists, "").Fix("Ask Ana.")), "Ask Ana.");
  EXPECT_EQ(ServerFix(codes::kSchemaExists.code, "Ask Ana."), "Ask Ana.");
}

TEST(ServerFix, KnowsTheCatalogsWordsThatCameAsText) {
  const std::string_view fix = ServerFix(codes::kSchemaExists.code, codes::kSchemaExists.fix);
  EXPECT_NE(fix, codes::kSchemaExists.fix);
  EXPECT_EQ(fix, ServerFix(codes::kSchemaExists.code, ""));
  EXPECT_EQ(ServerFix("MIQ-NEW-001", "Do it."), "Do it.");
  EXPECT_EQ(ServerFix("MIQ-NEW-001", ""), "");
}

}  // namespace
}  // namespace migrateiq
