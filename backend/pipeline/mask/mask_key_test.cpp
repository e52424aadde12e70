#include "pipeline/mask/mask_key.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "base/errors/plan.hpp"

namespace migrateiq {
namespace {

const std::string kKey = "0123456789abcdef0123456789abcdef";

class MaskKeyTest : public testing::Test {
 protected:
  ~MaskKeyTest() override { ::unsetenv("MIGRATEIQ_MASK_KEY_PII"); }
  static void Set(const std::string& value) { ::setenv("MIGRATEIQ_MASK_KEY_PII", value.c_str(), 1); }
};

TEST_F(MaskKeyTest, StandsInItsVariableOrInTheFileThatItNames) {
  Set(kKey);
  EXPECT_EQ(MaskKeyFromEnvironment("pii").value(), kKey);
  const std::string path = testing::TempDir() + "/mask_key_test.key";
  std::ofstream(path) << kKey << "\n";
  Set("file:" + path);
  EXPECT_EQ(MaskKeyFromEnvironment("pii").value(), kKey) << "without the line's end";
}

TEST_F(MaskKeyTest, MissingAndShortKeysAreRefusedWithTheWayToMakeOne) {
  const auto refused = [](const std::string& says) {
    const auto key = MaskKeyFromEnvironment("pii");
    ASSERT_FALSE(key);
    EXPECT_TRUE(key.error().Is(codes::kMaskKey));
    EXPECT_TRUE(key.error().message.contains(says)) << key.error().message;
    EXPECT_TRUE(key.error().FixText().contains("openssl rand -hex 32"));
  };
  refused("MIGRATEIQ_MASK_KEY_PII is not set");
  Set("secret");
  refused("6 bytes");
  EXPECT_FALSE(MaskKeyFromEnvironment("pii").error().ToString().contains("secret"));
  Set("file:/nowhere/at/all");
  refused("/nowhere/at/all");
}

TEST(MaskKeyName, IsOneEnvironmentVariable) {
  EXPECT_EQ(MaskKeyVariable("pii_2"), "MIGRATEIQ_MASK_KEY_PII_2");
  for (const char* name : {"pii", "a", "pii_2"}) EXPECT_TRUE(IsMaskKeyName(name)) << name;
  for (const char* name : {"", "PII", "2pii", "_a", "a-b", "a b"}) EXPECT_FALSE(IsMaskKeyName(name)) << name;
  EXPECT_FALSE(IsMaskKeyName(std::string(41, 'a')));
}

TEST(MaskKeyPrint, TellsKeysApart) {
  EXPECT_EQ(MaskKeyPrint(kKey).size(), 16u);
  EXPECT_NE(MaskKeyPrint(kKey), MaskKeyPrint(kKey + "x"));
}

}  // namespace
}  // namespace migrateiq
